import { accountInGerman } from '../account/texts.de.ts'
import { apiInGerman } from '../api/texts.de.ts'
import { appInGerman } from '../app/texts.de.ts'
import { compareInGerman } from '../compare/texts.de.ts'
import { designInGerman } from '../design/texts.de.ts'
import { booleanInGerman } from '../fields/boolean/texts.de.ts'
import { galleryInGerman } from '../gallery/texts.de.ts'
import { imageInGerman } from '../fields/image/texts.de.ts'
import { locationInGerman } from '../fields/location/texts.de.ts'
import { scalarInGerman } from '../fields/scalar/texts.de.ts'
import { notesInGerman } from '../notes/texts.de.ts'
import { connectInGerman } from '../sensors/connect/texts.de.ts'
import { createInGerman } from '../sensors/create/texts.de.ts'
import { settingsInGerman } from '../sensors/settings/texts.de.ts'
import { sensorsInGerman } from '../sensors/texts.de.ts'
import { setupInGerman } from '../setup/texts.de.ts'
import { tagsInGerman } from '../tags/texts.de.ts'
import { timelineInGerman } from '../timeline/texts.de.ts'
import { viewerInGerman } from '../viewer/texts.de.ts'
import { viewsInGerman } from '../views/texts.de.ts'
import { problemsInGerman } from '../api/problems.de.ts'
import type { Translated } from './language.ts'

/** Every text in German. Loaded for those who read it. */
export const german = {
  account: accountInGerman,
  api: apiInGerman,
  app: appInGerman,
  boolean: booleanInGerman,
  compare: compareInGerman,
  connect: connectInGerman,
  create: createInGerman,
  design: designInGerman,
  gallery: galleryInGerman,
  image: imageInGerman,
  location: locationInGerman,
  notes: notesInGerman,
  scalar: scalarInGerman,
  sensors: sensorsInGerman,
  settings: settingsInGerman,
  setup: setupInGerman,
  tags: tagsInGerman,
  timeline: timelineInGerman,
  viewer: viewerInGerman,
  views: viewsInGerman,
  problems: problemsInGerman,
} satisfies Exclude<Translated, null>
