/** The sentences of errors where they need no loading: on the server. Pages have null in their place (vite.config.ts). */
export { errorText as atOnce } from './error-text.ts';
