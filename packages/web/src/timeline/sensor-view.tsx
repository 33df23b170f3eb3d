/** One sensor: everything that it measured and saw, over one range and at one cursor. */
export function SensorView({ name }: { readonly name: string }) {
  return (
    <main id="main">
      <h1>{name}</h1>
    </main>
  )
}
