/** All that a report's page shows beside the content itself. Addresses are those of the page's own site. */
export interface ReportView {
	readonly number: number;
	/** Milliseconds since the epoch. */
	readonly publishedAt: number;
	/** Name of the account that published it: apart from the authors, whom it names as it likes. */
	readonly publishedBy: string;
	/** The lasting address of this version, absolute: what is cited. */
	readonly url: string;
	readonly versions: readonly ReportViewVersion[];
	readonly derivedFrom: { readonly title: string; readonly href: string | null } | null;
}

export interface ReportViewVersion {
	readonly number: number;
	readonly publishedAt: number;
	readonly withdrawn: boolean;
	readonly href: string;
}
