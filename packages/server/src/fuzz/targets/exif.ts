import { exifSchema } from '@senio/protocol/api'
import sharp from 'sharp'
import { readExif } from '../../pictures/read-exif.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { promise } from '../promise.ts'

/** Whatever an EXIF block holds, facts come out of it that the API can tell. */
export const exif: FuzzTarget = {
  name: 'exif',
  modules: ['/pictures/read-exif.ts', '/pictures/tiff-directory.ts'],
  dictionary: [
    'II*\0',
    'MM\0*',
    'Exif\0\0',
    '\x69\x87',
    '\x25\x88',
    '\0\0\0\0',
    '\xff\xff\xff\xff',
    '2024:02:30 25:61:61',
    '+99:99',
    '\x01\0\x05\0',
    '\0\0\0\x01',
    'N',
    'W',
  ],
  async seeds() {
    const { exif } = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#123' } })
      .withExif({
        IFD0: { Make: 'Maker', Model: 'Model', Software: 'x', ImageDescription: 'somewhere' },
        IFD2: {
          DateTimeOriginal: '2024:01:02 03:04:05',
          ExposureTime: '1/100',
          FNumber: '28/10',
          OffsetTimeOriginal: '+01:00',
        },
        IFD3: {
          GPSLatitude: '52/1 30/1 0/1',
          GPSLatitudeRef: 'N',
          GPSLongitude: '13/1 0/1 1/2',
          GPSLongitudeRef: 'W',
        },
      })
      .jpeg()
      .toBuffer()
      .then((bytes) => sharp(bytes).metadata())
    return exif === undefined ? [] : [exif, exif.subarray(6), exif.subarray(0, 60)]
  },
  run(input) {
    const facts = readExif(input)
    promise(
      exifSchema.safeParse(JSON.parse(JSON.stringify(facts))).success,
      'facts are as the API describes them',
    )
  },
}
