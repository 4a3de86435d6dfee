/** A report that its reader asked to explore: its cells run here, and nowhere before that. */
export const csr = true;
