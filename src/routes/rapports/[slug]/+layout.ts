/** A public report is a document: it is read without a script, and loads none. */
export const csr = false;
