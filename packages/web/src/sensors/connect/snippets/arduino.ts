import { exampleData, fileFields, type Snippet, type SnippetTarget, withQuery } from './target.ts'
import { text as say } from '../texts.ts'
import { text } from '../texts.ts'

/** For an ESP32 with the Arduino core; it has no clock, so the server stamps the time. */
export function arduinoSnippets(target: SnippetTarget): readonly Snippet[] {
  const data = exampleData(target.fields)
  const [camera] = fileFields(target.fields)
  const snippets: Snippet[] = []
  if (Object.keys(data).length > 0) {
    snippets.push({
      title: text('data'),
      code: valuesSketch(target, data),
      note: say('esp32'),
    })
  }
  if (camera !== undefined) {
    snippets.push({
      title: text('raw'),
      code: cameraSketch(target, camera),
      note: say('esp32Cam'),
    })
  }
  return snippets
}

function valuesSketch(target: SnippetTarget, data: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(data)
  const variables = names.map(
    (name, index) => `  String ${variable(names, index)} = ${literal(JSON.stringify(data[name]))};\n`,
  )
  const members = names.map((name, index) => {
    const lead = `${index === 0 ? '{"data":{' : ','}${JSON.stringify(name)}:`
    return `${literal(lead)} + ${variable(names, index)}`
  })
  return `${connecting(target)}
void publish() {
  // Your readings as JSON, for example String(sensor.readTemperature(), 2)
${variables.join('')}  String body = String(${members.join(' + ').replace(' + ', ') + ')} + "}}";

${request(target, withQuery(target.publishUrl, { clock: 'server' }), 'application/json')}
  int status = http.POST(body);
  Serial.printf("%d %s\\n", status, http.getString().c_str());
  http.end();
}

void loop() {
  publish();
  delay(60000);  // once a minute
}
`
}

function cameraSketch(target: SnippetTarget, field: string): string {
  return `#include "esp_camera.h"
${connecting(target, '  startCamera();\n')}
void publish() {
  camera_fb_t* frame = esp_camera_fb_get();
  if (frame == nullptr) return;

${request(target, withQuery(target.publishUrl, { field, clock: 'server' }), 'image/jpeg')}
  int status = http.POST(frame->buf, frame->len);
  Serial.printf("%d %s\\n", status, http.getString().c_str());
  http.end();
  esp_camera_fb_return(frame);
}

void loop() {
  publish();
  delay(60000);  // once a minute
}
${cameraStart}`
}

function connecting({ publishUrl }: SnippetTarget, more = ''): string {
  const secure = isSecure(publishUrl) ? '#include <WiFiClientSecure.h>\n' : ''
  const declared = more === '' ? '' : '\nvoid startCamera();\n'
  return `#include <WiFi.h>
#include <HTTPClient.h>
${secure}
const char* ssid = "your Wi-Fi";
const char* password = "its password";
${declared}
void setup() {
  Serial.begin(115200);
${more}  WiFi.begin(ssid, password);
  while (WiFi.status() != WL_CONNECTED) delay(250);
}
`
}

function request({ publishUrl, key }: SnippetTarget, url: string, contentType: string): string {
  const begin = isSecure(publishUrl)
    ? `  WiFiClientSecure client;
  client.setInsecure();  // better: client.setCACert(...) with the root of your server's certificate
  HTTPClient http;
  http.begin(client, ${literal(url)});`
    : `  HTTPClient http;
  http.begin(${literal(url)});`
  return `${begin}
  http.addHeader("Authorization", ${literal(`Bearer ${key}`)});
  http.addHeader("Content-Type", ${literal(contentType)});`
}

function isSecure(url: string): boolean {
  return url.startsWith('https:')
}

/** A C++ string literal. Names hold letters, digits and harmless signs only; JSON adds quotes and backslashes. */
function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** A C++ name for a field: its own where that is one, otherwise a numbered one. */
function variable(names: readonly string[], index: number): string {
  const name = names[index] ?? ''
  const plain = name.replaceAll(/[ .()+-]/g, '_')
  const usable = /^[A-Za-z_]\w*$/.test(plain) && !reserved.has(plain)
  const unique = names.every((other, at) => at === index || other.replaceAll(/[ .()+-]/g, '_') !== plain)
  return usable && unique ? plain : `value${index + 1}`
}

/** Words that a field may be called but a variable of these sketches may not. */
const reserved: ReadonlySet<string> = new Set(
  (
    'body http client status ssid password auto bool break case char class const continue default delete do double else ' +
    'enum explicit export extern false float for friend goto if inline int long namespace new operator private ' +
    'protected public register return short signed sizeof static struct switch template this throw true try typedef ' +
    'union unsigned using virtual void volatile while'
  ).split(' '),
)

const cameraStart = `
void startCamera() {
  camera_config_t config = {};
  config.ledc_channel = LEDC_CHANNEL_0;
  config.ledc_timer = LEDC_TIMER_0;
  config.pin_d0 = 5;
  config.pin_d1 = 18;
  config.pin_d2 = 19;
  config.pin_d3 = 21;
  config.pin_d4 = 36;
  config.pin_d5 = 39;
  config.pin_d6 = 34;
  config.pin_d7 = 35;
  config.pin_xclk = 0;
  config.pin_pclk = 22;
  config.pin_vsync = 25;
  config.pin_href = 23;
  config.pin_sccb_sda = 26;
  config.pin_sccb_scl = 27;
  config.pin_pwdn = 32;
  config.pin_reset = -1;
  config.xclk_freq_hz = 20000000;
  config.pixel_format = PIXFORMAT_JPEG;
  config.frame_size = FRAMESIZE_SVGA;
  config.jpeg_quality = 12;
  config.fb_count = 1;
  config.grab_mode = CAMERA_GRAB_LATEST;
  config.fb_location = CAMERA_FB_IN_PSRAM;
  if (esp_camera_init(&config) != ESP_OK) {
    Serial.println("The camera does not start");
    ESP.restart();
  }
}
`
