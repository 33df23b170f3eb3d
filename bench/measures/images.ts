import { BareFiles } from '../limits/bare-files.ts'
import { Nginx } from '../peers/nginx.ts'
import type { Run } from '../run.ts'
import { Senio } from '../senio/senio.ts'
import type { SubjectName } from './catalogue.ts'
import { pictureTemplate } from './picture.ts'
import { Writer } from './writer.ts'

const MEASURES = [
  ['images-1', 1],
  ['images-8', 8],
] as const

/** Pictures a second apart that began this long ago. */
const BEGAN = 365 * 86_400_000

interface Taker {
  readonly name: SubjectName
  readonly take: (connections: number, seconds: number) => Promise<number>
}

/** Pictures of 100 KB, on disk before they are answered; Senio makes thumbs of them meanwhile. */
export async function measureImages(run: Run): Promise<void> {
  const image = await pictureTemplate()
  const senio = run.introduce(await Senio.start(run.bench, ['cam1:image']))
  const nginx = await run.tryPeer('nginx', () => Nginx.start(run.bench))
  using bare = await BareFiles.start(run.bench)
  run.facts.set(bare.name, bare)
  const times = { first: Date.now() - BEGAN, step: 1000 }
  const takers: Taker[] = [
    taker(run, new Writer(senio, senio.publishPicture(image), times)),
    ...(nginx === null ? [] : [taker(run, new Writer(nginx, nginx.put(image), times))]),
    { name: bare.name, take: (connections, seconds) => bare.write(image, connections, seconds) },
  ]
  for (const [measure, connections] of MEASURES) {
    await run.alternate(measure, takers, ({ take }, seconds) => take(connections, seconds))
  }
  run.noteMemory('memory-images', [senio, ...(nginx === null ? [] : [nginx])])
}

function taker(run: Run, writer: Writer): Taker {
  return {
    name: writer.name,
    take: (connections, seconds) => writer.write(run.load, connections, { seconds }),
  }
}
