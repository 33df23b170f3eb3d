import type { Translation } from '../../i18n/message.ts'
import type { text } from './texts.ts'

export const connectInGerman = {
  published: 'Das Gerät hat gesendet',
  waiting: 'Warten auf die erste Messung …',
  seeView: 'Zur Ansicht',
  firstIsHere: 'Die erste Messung ist da',
  arrived: 'Eine Messung ist angekommen',
  connectSensor: '{sensor} verbinden',
  deviceKey: 'Der Geräteschlüssel',
  publish: 'Senden',
  keyHelp:
    'Ein Schlüssel wird nur gezeigt, wenn er entsteht. Setzen Sie Ihren unten anstelle von YOUR_DEVICE_KEY ein, oder erstellen Sie für dieses Gerät einen weiteren: Ein Sensor kann mehrere haben.',
  createKey: 'Geräteschlüssel erstellen',
  language: 'Sprache',
  esp32:
    'Für den ESP32 mit dem Arduino-Core. Tragen Sie das WLAN ein und setzen Sie Ihre Messwerte in die Variablen.',
  esp32Cam: 'Für die ESP32-CAM (AI Thinker) mit eingeschaltetem PSRAM. Andere Boards haben andere Pins.',
  anyPicture: 'Setzen Sie anstelle von picture.jpg den Pfad eines JPEG, PNG oder WebP ein.',
  anyPictures: 'Setzen Sie anstelle von picture-1.jpg usw. die Pfade von JPEG-, PNG- oder WebP-Dateien ein.',
  runNode:
    'Als publish.mjs speichern und starten mit: node publish.mjs (Node 20 oder neuer, keine Pakete nötig).',
  installRequests: 'Braucht das Paket requests: pip install requests oder apt install python3-requests.',
  data: 'Werte',
  both: 'Werte und Bilder als eine Messung',
  pictures: 'Bilder',
  raw: 'Ein Bild, wie es ist',
  lastOne: 'Letzte Messung <at></at>. Neue erscheinen hier.',
  onlyHere:
    'Diese Befehle gehen nur auf diesem Computer: Mit <host></host> meint er sich selbst. Öffnen Sie diese Seite für andere Geräte unter dem Namen oder der Adresse, unter der sie ihn kennen, dann ändert sich der Code mit.',
  noFields: 'Dieser Sensor hat noch keine Felder. <a>Fügen Sie in den Einstellungen eines hinzu</a>.',
} as const satisfies Translation<typeof text>
