import { defineTexts } from '../../i18n/define-texts.ts'

export const text = defineTexts('connect', {
  published: 'The device has published',
  waiting: 'Waiting for the first measurement…',
  seeView: 'See the view',
  firstIsHere: 'The first measurement is here',
  arrived: 'A measurement arrived',
  connectSensor: 'Connect {sensor}',
  deviceKey: 'The device key',
  publish: 'Publish',
  keyHelp:
    'A key is shown only when it is created. Put the one that you noted in place of YOUR_DEVICE_KEY below, or create another for this device: a sensor can have several.',
  createKey: 'Create a device key',
  language: 'Language',
  esp32: 'For the ESP32 with the Arduino core. Fill in the Wi-Fi, then put your readings into the variables.',
  esp32Cam: 'For the ESP32-CAM (AI Thinker) with PSRAM enabled. Other boards differ in the pins.',
  anyPicture: 'Put the path of any JPEG, PNG or WebP in place of picture.jpg.',
  anyPictures: 'Put the paths of any JPEG, PNG or WebP files in place of picture-1.jpg and so on.',
  runNode: 'Save it as publish.mjs and run it with: node publish.mjs (Node 20 or newer; no packages needed).',
  installRequests: 'Needs the package requests: pip install requests, or apt install python3-requests.',
  data: 'Values',
  both: 'Values and pictures, as one measurement',
  pictures: 'Pictures',
  raw: 'A picture as it is',
  lastOne: 'Last measurement <at></at>. New ones appear here.',
  onlyHere:
    'These commands run on this computer: <host></host> is its name for itself. For other devices, open this page by the name or address that they know the computer by, and the code changes along.',
  noFields: 'This sensor has no fields yet. <a>Add one in its settings</a>.',
})
