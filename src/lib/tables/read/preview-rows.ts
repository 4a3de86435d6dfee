/** Rows that are read for a first look, before the whole file is. */
export const PREVIEW_ROWS = 200;
