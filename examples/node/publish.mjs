// Publishes numbers and, if you like, a picture: node publish.mjs 22.5 50 [earth.jpg]
// Plain Node.js 20 or newer, no packages.
import { readFile } from 'node:fs/promises'

const { SENIO_PUBLISH_URL: url, SENIO_PUBLISH_KEY: key } = process.env
if (!url || !key) throw new Error('Set SENIO_PUBLISH_URL and SENIO_PUBLISH_KEY.')

const [temp = '22.5', humidity = '50', picture] = process.argv.slice(2)
const measurement = {
  timestamp: Date.now(),
  data: { temp: Number(temp), humidity: Number(humidity) },
}

const form = new FormData()
form.set('json', JSON.stringify(measurement))
if (picture) form.set('cam1', new Blob([await readFile(picture)]), 'picture')

const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: form })
console.log('Status:', response.status)
console.log('Content:', await response.text())
process.exitCode = response.status === 201 ? 0 : 1
