/** What a notebook holds at most, however it comes. */

export const MAX_CELLS = 500;
export const MAX_TITLE = 200;
/** Characters of all the cells' sources together. */
export const MAX_SOURCE = 1_000_000;
