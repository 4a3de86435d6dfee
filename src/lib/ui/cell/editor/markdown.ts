/**
 * Markdown's grammar, without the editor: the stock language package brings HTML and CSS along (60 KB).
 */
import { GFM, parser } from '@lezer/markdown';

export const markdownParser = parser.configure(GFM);
