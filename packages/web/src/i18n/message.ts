/** A message that depends on a number: it says which with `{count}`, and `other` is used where the language has no form. */
export interface Plural {
  readonly one: string
  readonly other: string
}

/** A text with `{placeholders}`, or its plural forms. `<name>…</name>` marks what `Rich` dresses. */
export type Message = string | Plural

export type Catalog = Readonly<Record<string, Message>>

/** The names of the placeholders of a text: `'a' | 'b'` for "{a} and {b}". */
type PlaceholderOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never

type ParametersOf<Of extends Message> = Of extends Plural
  ? { readonly [Name in Exclude<PlaceholderOf<Of['one' | 'other']>, 'count'>]: string | number } & {
      readonly count: number
    }
  : Of extends string
    ? { readonly [Name in PlaceholderOf<Of>]: string | number }
    : never

/** What must be passed beside the key: nothing for a message without placeholders. */
export type Arguments<Of extends Message> = keyof ParametersOf<Of> extends never
  ? []
  : [parameters: ParametersOf<Of>]

/** The same messages in another language. Missing keys don't compile; `catalogs.test.ts` compares the placeholders. */
export type Translation<Say extends { readonly english: Catalog }> = {
  readonly [Key in keyof Say['english']]: Say['english'][Key] extends string ? string : Plural
}
