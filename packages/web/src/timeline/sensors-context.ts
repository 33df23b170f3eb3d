import type { SensorDetailJson } from '@senio/protocol/api'
import { createContext, useContext } from 'react'

export const SensorsContext = createContext<readonly SensorDetailJson[]>([])

/** The sensors whose fields are shown, each once: one in a sensor's own view. */
export function useSensors(): readonly SensorDetailJson[] {
  return useContext(SensorsContext)
}
