// Publishes a temperature every minute from an ESP32. Needs no library beyond the ESP32 boards package.
//
// The board has no clock that survives a restart, so it lets the server stamp the time (?clock=server). If yours knows
// the time (NTP), send "timestamp" in milliseconds instead: then a retry can never store a value twice.

#include <HTTPClient.h>
#include <WiFi.h>

const char *WIFI_NAME = "your network";
const char *WIFI_PASSWORD = "its password";

// The web app shows both when you create the sensor. An address that this board can reach: not localhost.
const char *PUBLISH_URL = "http://192.168.1.10:8080/publish/rpi";
const char *DEVICE_KEY = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

const unsigned long EVERY_MS = 60UL * 1000UL;

// Put your own sensor here; this is the chip's built-in thermometer.
float readTemperature() { return temperatureRead(); }

void connectWiFi() {
  if (WiFi.status() == WL_CONNECTED) return;
  Serial.print("Connecting to Wi-Fi");
  WiFi.mode(WIFI_STA);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  for (int i = 0; i < 60 && WiFi.status() != WL_CONNECTED; i++) {
    delay(500);
    Serial.print('.');
  }
  Serial.println(WiFi.status() == WL_CONNECTED ? " done" : " failed");
}

// Returns the HTTP status: 201 when the value is on the server's disk; negative when it could not be reached.
int publish(float temperature) {
  HTTPClient http;
  http.setTimeout(15000);
  if (!http.begin(String(PUBLISH_URL) + "?clock=server")) return -1;
  http.addHeader("Authorization", String("Bearer ") + DEVICE_KEY);
  http.addHeader("Content-Type", "application/json");
  int status = http.POST("{\"data\": {\"temp\": " + String(temperature, 2) + "}}");
  Serial.printf("%d %s\n", status, status > 0 ? http.getString().c_str() : http.errorToString(status).c_str());
  http.end();
  return status;
}

void setup() { Serial.begin(115200); }

void loop() {
  connectWiFi();
  float temperature = readTemperature();
  for (int attempt = 0; attempt < 3; attempt++) {
    int status = publish(temperature);
    // A refusal (4xx) stays one: only a busy or unreachable server is worth another try.
    if (status > 0 && status != 429 && status < 500) break;
    delay(2000UL << attempt);
  }
  delay(EVERY_MS);
}
