import { randomUUID } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { Storage } from '../../storage/storage.ts'

/** What tells where pictures are. */
export type PlacePorts = Pick<Storage, 'picturePlace' | 'placeMark' | 'images' | 'originals'>

/** As many can hardly all have been lost by chance. */
const ASKED_FOR = 5

/**
 * Holds the place of the pictures against the one that the database knows: a directory of this node where the others
 * have theirs, or another bucket, must take none. The first to come makes its place the known one, if pictures that the
 * database knows are there, or there are none.
 *
 * @throws SenioError `parameter-invalid` when it is another one; `storage-failing` when that can't be told
 */
export async function requirePicturePlace(ports: PlacePorts): Promise<void> {
  const { picturePlace, placeMark } = ports
  const [known, here] = await Promise.all([picturePlace.known(), placeMark.read()])
  if (known === null) {
    await requirePicturesHere(ports, here)
    const mark = here ?? (await placeMark.create(newMark()))
    if ((await picturePlace.claim(mark)) !== mark) throw misplaced(ports, ANOTHER)
  } else if (here !== known) {
    throw misplaced(
      ports,
      here === null ? 'it has not the mark of the place that they were put into' : ANOTHER,
    )
  }
}

/** Makes this the place of the pictures, whichever was before, for good: every other one is refused from now on. */
export async function makePicturePlace({ picturePlace, placeMark }: PlacePorts): Promise<void> {
  const mark = newMark()
  await placeMark.replace(mark)
  await picturePlace.set(mark)
}

/**
 * Has the known place follow pictures that were put here from a backup. Where none is known, the next start finds it.
 * @returns whether the place has changed
 */
export async function followPictures(ports: PlacePorts): Promise<boolean> {
  const { picturePlace, placeMark } = ports
  const [known, here] = await Promise.all([picturePlace.known(), placeMark.read()])
  if (known === null || known === here) return false
  await makePicturePlace(ports)
  return true
}

/**
 * Refuses to put pictures where those of another installation are, which would remove them.
 * @throws SenioError `parameter-invalid`
 */
export async function refuseOthersPlace(ports: PlacePorts): Promise<void> {
  const { picturePlace, placeMark } = ports
  const [known, here] = await Promise.all([picturePlace.known(), placeMark.read()])
  if (here === null || here === known) return
  if (known !== null) throw misplaced(ports, ANOTHER)
  await requirePicturesHere(ports, here)
}

/** What a message calls a place. */
export function nameOf({ place: { kind, name } }: PlacePorts['placeMark']): string {
  return kind === 'bucket' ? `the bucket "${name}"` : `the directory ${name}`
}

const ANOTHER = 'it has the mark of another place'

function newMark(): string {
  return randomUUID().replaceAll('-', '')
}

async function requirePicturesHere(ports: PlacePorts, here: string | null): Promise<void> {
  const { images, originals } = ports
  const known = await images.list(null, ASKED_FOR)
  if (known.length === 0) {
    // What a database knows nothing of is removed as a stray, also when it is another installation's.
    if (here !== null && (await holdsAny(originals))) {
      throw misplaced(ports, 'it holds pictures of another installation')
    }
    return
  }
  const found = await Promise.all(known.map(({ sha1 }) => originals.has(sha1)))
  if (!found.includes(true)) throw misplaced(ports, 'none of the pictures that the database knows is there')
}

async function holdsAny(originals: PlacePorts['originals']): Promise<boolean> {
  for await (const _ of originals.list()) return true
  return false
}

/** For whoever started it: what is wrong, and what to do. */
function misplaced({ placeMark }: PlacePorts, why: string): SenioError {
  const { kind } = placeMark.place
  const remedy =
    kind === 'bucket'
      ? 'Look whether --blob-url names the same bucket and prefix as before, and as the other nodes.'
      : 'Several nodes on one PostgreSQL need a bucket that all of them name (--blob-url); a single one its data directory (--data-dir).'
  return new SenioError(
    'parameter-invalid',
    `The pictures of this database are not in ${nameOf(placeMark)}: ${why}. ${remedy} ` +
      'If the pictures were brought here, or are lost for good, make this their place with "senio migrate --pictures-here": those that are not here then count as missing.',
    { field: kind === 'bucket' ? 'blob-url' : 'data-dir' },
  )
}
