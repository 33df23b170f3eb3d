import type { ProblemCode } from '@senio/client'

/**
 * What is said in German about a refused request, by code; `{detail}` is the server's own sentence, in English.
 * The server's sentence is shown alone for codes that only devices meet.
 */
export const problemsInGerman: Readonly<Partial<Record<ProblemCode, string>>> = {
  'body-too-slow':
    'Die Anfrage kam nicht rechtzeitig an. Versuchen Sie es mit besserer Verbindung noch einmal.',
  'changed-meanwhile': 'Das hat inzwischen jemand geändert. Laden Sie es neu.',
  defect: 'Das ist ein Fehler von Senio. Im Protokoll des Servers steht mehr.',
  'limit-reached': 'Mehr davon erlaubt diese Installation nicht. ({detail})',
  'name-taken': 'Diesen Namen gibt es schon. Wählen Sie einen anderen.',
  'not-allowed': 'Das darf nur, wer diese Installation verwaltet.',
  'not-found': 'Das gibt es nicht oder nicht mehr.',
  'not-signed-in': 'Sie sind nicht mehr angemeldet. Melden Sie sich noch einmal an.',
  overloaded: 'Der Server ist gerade überlastet. Versuchen Sie es gleich noch einmal.',
  'parameter-invalid': 'Diese Angabe passt nicht. ({detail})',
  'rate-limited': 'Das waren zu viele Versuche. Warten Sie einen Moment.',
  'setup-refused':
    'Dieser Einrichtungslink gilt nicht oder wurde schon benutzt. Beim nächsten Start gibt der Server einen neuen aus, solange es kein Konto gibt.',
  'shutting-down': 'Der Server wird gerade beendet. Versuchen Sie es gleich noch einmal.',
  'storage-failing':
    'Der Server kann gerade nichts speichern. Versuchen Sie es später noch einmal; sein Protokoll nennt den Grund.',
  'storage-full': 'Der Speicher des Servers ist voll. Es wurde nichts gespeichert: Schaffen Sie Platz.',
  'unexpected-answer':
    'Der Server hat etwas Unerwartetes geantwortet. Vielleicht steht ein Proxy dazwischen.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
  'wrong-credentials': 'E-Mail oder Passwort stimmt nicht.',
  'wrong-origin': 'Diese Änderung kam nicht von der Web-App selbst und wurde abgewiesen.',
}
