/** What reads Markdown where it needs no loading: on the server. Pages have null in its place (vite.config.ts). */
export { renderTamely as readAtOnce } from './markdown.ts';
