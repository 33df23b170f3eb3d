import type { ImageStore, StoredImage } from '../storage/image-store.ts'
import { PAGE_SIZE } from './pages.ts'

/** Every picture's row, ordered by hash. */
export async function* allPictures(images: ImageStore): AsyncGenerator<StoredImage> {
  for (let after: string | null = null; ;) {
    const page: readonly StoredImage[] = await images.list(after, PAGE_SIZE)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    after = last.sha1
  }
}
