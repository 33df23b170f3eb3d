import type { Client } from '@senio/client'
import type { NoteListJson } from '@senio/protocol/api'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useClient } from '../api/client-context.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useSensors } from '../timeline/sensors-context.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { useFetchRange } from '../timeline/use-fetch-range.ts'
import { useHeld } from '../timeline/use-held.ts'
import type { NoteDraft, ShownNote } from './shown-note.ts'

/** Tabs of a browser tell each other of changed notes. */
const CHANNEL = 'senio-notes'

export interface Notes {
  /** Of all sensors that are shown, about the range. */
  readonly notes: readonly ShownNote[]
  /** There are more than are given. */
  readonly hasMore: boolean
  readonly isLoading: boolean
}

/** The notes about what the timeline shows. */
export function useNotes(): Notes {
  const client = useClient()
  const queryClient = useQueryClient()
  const sensors = useSensors()
  const { from, to } = useFetchRange(useTimeline())
  const answers = useQueries({
    queries: sensors.map(({ name }) => ({
      queryKey: [...notesKey(name), from, to],
      queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<NoteListJson> =>
        client.notes.list(name, { from: Math.max(0, from), to: Math.max(0, to) }, { signal }),
    })),
  })
  const lists = useHeld(Object.fromEntries(sensors.map(({ name }, index) => [name, answers[index]?.data])))
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') void queryClient.invalidateQueries({ queryKey: notesKey(data) })
    })
    return () => channel.close()
  }, [queryClient])
  const isLoading = answers.some((answer) => answer.isLoading)
  return useMemo(
    () => ({
      notes: Object.entries(lists)
        .flatMap(([sensor, { notes }]) => notes.map((note) => ({ ...note, sensor })))
        .sort((a, b) => a.from - b.from),
      hasMore: Object.values(lists).some(({ next }) => next !== null),
      isLoading,
    }),
    [lists, isLoading],
  )
}

export interface NoteActions {
  /** Changes the note, or makes a new one. */
  readonly save: (draft: NoteDraft) => Promise<void>
  readonly remove: (note: ShownNote) => Promise<void>
}

/** What changes notes. Both reject with what the server said. */
export function useNoteActions(): NoteActions {
  const client = useClient()
  const queryClient = useQueryClient()
  return useMemo(() => {
    async function changed(sensor: string): Promise<void> {
      const channel = new BroadcastChannel(CHANNEL)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- channels have none
      channel.postMessage(sensor)
      channel.close()
      await queryClient.invalidateQueries({ queryKey: notesKey(sensor) })
    }
    return {
      async save(draft) {
        await saveNote(client, draft)
        await changed(draft.sensor)
      },
      async remove({ sensor, id }) {
        await client.notes.delete(sensor, id)
        await changed(sensor)
      },
    }
  }, [client, queryClient])
}

function saveNote(client: Client, { id, sensor, text, from, to }: NoteDraft) {
  const note = { text, from, to }
  return id === null ? client.notes.create(sensor, note) : client.notes.update(sensor, id, note)
}

function notesKey(sensor: string) {
  return [...queryKeys.sensor(sensor), 'notes'] as const
}
