import { spanOf } from '../range.ts'
import type { Timeline } from '../timeline.ts'
import { stageScale } from './stage-scale.ts'

/** How much a notch of a wheel (about 100 pixels) zooms. */
const ZOOM_PER_PIXEL = 0.0022
const LINE_PIXELS = 16

/**
 * Wheels and trackpads over the tracks: with Ctrl, Cmd or Alt, by pinching, or over the axis they zoom; sideways or with
 * Shift they pan; otherwise the page scrolls as ever.
 * @param onPlainWheel told when the page scrolls although somebody may have wanted to zoom
 * @returns what ends it
 */
export function attachWheelGestures(
  stage: HTMLElement,
  timeline: Timeline,
  onPlainWheel: () => void,
): () => void {
  const { timeAt } = stageScale(stage, timeline)

  function onWheel(event: WheelEvent): void {
    const area = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-drag]') : null
    if (area === null) return
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
    const { plot, range } = timeline
    // A pinch on a trackpad comes as a wheel with Ctrl.
    if (event.ctrlKey || event.metaKey || event.altKey || area.dataset['wheel'] === 'zoom') {
      event.preventDefault()
      const strength = event.ctrlKey && Math.abs(dy) < 50 ? ZOOM_PER_PIXEL * 4 : ZOOM_PER_PIXEL
      timeline.zoomBy(Math.exp(dy * strength), timeAt(event.clientX), 'gesture')
      return
    }
    const sideways = event.shiftKey && dx === 0 ? dy : dx
    if (Math.abs(sideways) > Math.abs(dy) || (event.shiftKey && sideways !== 0)) {
      event.preventDefault()
      timeline.panBy((sideways / plot.get().width) * spanOf(range.get()))
      timeline.hover(timeAt(event.clientX))
      return
    }
    if (area.dataset['drag'] === 'zoom') onPlainWheel()
  }

  stage.addEventListener('wheel', onWheel, { passive: false })
  return () => stage.removeEventListener('wheel', onWheel)
}
