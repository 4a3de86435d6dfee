import type { Lang } from '$lib/core/notebook/notebook';
import { localizeHref } from '$lib/paraglide/runtime';

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

/** A version as the server hands it to its page. */
export interface ShownVersion {
	readonly slug: string;
	readonly lang: Lang;
	readonly number: number;
	readonly publishedAt: number;
	readonly publishedBy: string;
	readonly versions: readonly { number: number; publishedAt: number; withdrawn: boolean }[];
	readonly derivedFrom: { readonly title: string; readonly slug: string | null } | null;
}

/** @param origin scheme, host and port of the site */
export function viewOf(report: ShownVersion, origin: string): ReportView {
	const hrefOf = (number: number): string =>
		localizeHref(`/rapports/${report.slug}/v/${number}`, { locale: report.lang });
	return {
		number: report.number,
		publishedAt: report.publishedAt,
		publishedBy: report.publishedBy,
		url: origin + hrefOf(report.number),
		versions: report.versions.map((version) => ({ ...version, href: hrefOf(version.number) })),
		derivedFrom: report.derivedFrom && {
			title: report.derivedFrom.title,
			href: report.derivedFrom.slug && localizeHref(`/rapports/${report.derivedFrom.slug}`)
		}
	};
}
