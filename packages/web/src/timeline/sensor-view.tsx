/** A sensor's measurements and pictures over one range and one cursor. */
export function SensorView({ name }: { readonly name: string }) {
  return <main id="main">{name}</main>
}
