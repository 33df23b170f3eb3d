import { defineTexts } from '../i18n/define-texts.ts'

export const text = defineTexts('setup', {
  motto: 'What your devices measure and what they see, on one timeline.',
  setUp: 'Set up Senio',
  setUpLead:
    'The server printed a one-time link when it started. Open it, or paste it here: it proves that this installation is yours.',
  setUpLink: 'Set-up link',
  notALink: 'This is not a set-up link. It ends in #token= and a code.',
  continue: 'Continue',
  welcome: 'Welcome to Senio',
  welcomeLead: 'Create the first account. It belongs to the administrator of this installation: you.',
  emailHelp: 'It names your account and stays on this server.',
  createAccount: 'Create the account',
  signIn: 'Sign in',
  noAccount:
    'No account? An administrator of this server creates it, in the web app under Account or with <code>senio user create</code>.',
})
