/** Stands in for a picture that can't be decoded. Presentation attributes only: it is served without styles. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240" viewBox="0 0 320 240" role="img">
<title>This picture is damaged</title>
<rect width="320" height="240" fill="#8a8f98" fill-opacity=".18"/>
<g fill="none" stroke="#8a8f98" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">
<path d="M150 142h-34a8 8 0 0 1-8-8V74a8 8 0 0 1 8-8h50l-10 26 16 20-14 30"/>
<path d="M184 66h20a8 8 0 0 1 8 8v60a8 8 0 0 1-8 8h-28l14-30-16-20z"/>
</g>
<text x="160" y="186" fill="#8a8f98" font-family="system-ui,sans-serif" font-size="18" text-anchor="middle">This picture is damaged</text>
</svg>
`

export const PLACEHOLDER_MEDIA_TYPE = 'image/svg+xml'

/** A small picture that says that the real one is damaged, in the size of a thumb. */
export const placeholder: Uint8Array = Buffer.from(SVG)
