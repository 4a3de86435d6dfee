/** A text that the server has read as Markdown. */
export interface KnownText {
	readonly source: string;
	/** By `renderTamely`; null where it would make a page too heavy. */
	readonly html: string | null;
}
