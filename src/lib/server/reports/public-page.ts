/** The load of a public report's pages: the latest version's and a given version's. */
import { error, redirect } from '@sveltejs/kit';
import { NotFoundError } from '../../core/errors.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { Actor, App } from '../app.ts';
import { answering } from '../request.ts';
import { noticesOf, type ReportNotice } from './of-dataset.ts';
import { explorabilityOf, readExplorable, versionAddress, type Explorability } from './explore.ts';
import { publicContent } from './public-content.ts';
import { readReport, type PublicReport } from './read.ts';
import type { Explorable } from '../../core/report/report.ts';

const NUMBER = /^[1-9]\d{0,5}$/;

/** Makes addresses of the site's own pages, in a language. */
export type HrefIn = (path: string, lang: Lang) => string;

export interface PublicPage {
	readonly report: PublicReport;
	/** Scheme, host and port that people type. */
	readonly origin: string;
	/** For its author alone: this version cites data that were withdrawn since. Empty for every other reader. */
	readonly notices: readonly ReportNotice[];
	readonly explore: Explorability;
}

/** What the route brings: the site's addresses, and the headers of the answer. */
interface Answer {
	readonly hrefIn: HrefIn;
	readonly setHeaders: (headers: Record<string, string>) => void;
}

/**
 * Answers 404 for what is not there, 410 for what was withdrawn, and sends on to the language that there is. A browser
 * asks again each time (`no-cache`, with the page's etag): what is published can be withdrawn, and published again. What is told to its author
 * alone is kept nowhere.
 */
export function publicPage(
	app: App,
	actor: Actor | null,
	lang: Lang,
	{ slug, number }: { slug: string; number: string | null },
	{ hrefIn, setHeaders }: Answer
): Promise<PublicPage> {
	const notices = actor ? noticesOf(app, actor, { slug }) : [];
	setHeaders({ 'cache-control': notices.length ? 'private, no-store' : 'no-cache' });
	return answering(() => {
		if (number !== null && !NUMBER.test(number)) throw new NotFoundError();
		const wanted = number === null ? null : Number(number);
		let report = readReport(app, slug, lang, wanted);
		if (report.state === 'elsewhere') {
			const { lang: other } = report;
			report = readReport(app, slug, other, wanted);
			// A withdrawal is said in the language asked for: sent on, its reader could not come back.
			if (report.state !== 'withdrawn') redirect(302, hrefIn(`/rapports/${slug}`, other));
		}
		if (report.state === 'withdrawn') {
			const { title, reason, at, latest } = report;
			const withdrawn = { title, reason, at, latest: latest !== null };
			error(410, { message: 'report_withdrawn', code: 'report_withdrawn', withdrawn });
		}
		const shown = { ...report, content: publicContent(report.content) };
		return {
			report: shown,
			origin: app.config.origin,
			explore: explorabilityOf(app, shown),
			notices: notices.filter(
				({ report: one }) => one.lang === shown.lang && one.number === shown.number
			)
		};
	});
}

/** The page on which a version is explored. */
export interface ExplorePage {
	readonly report: PublicReport;
	readonly origin: string;
	readonly explore: Explorable;
}

/**
 * Answers 404 for what may not be explored, now, though it be published; it is kept nowhere, so that it ends at once
 * with the terms that allow it.
 */
export function explorePage(
	app: App,
	lang: Lang,
	{ slug, number }: { slug: string; number: string },
	setHeaders: Answer['setHeaders']
): Promise<ExplorePage> {
	setHeaders({ 'cache-control': 'private, no-store' });
	return answering(() => {
		const address = versionAddress({ slug, lang, number });
		if (!address) throw new NotFoundError();
		const explore = readExplorable(app, address);
		const report = readReport(app, slug, lang, address.number);
		if (report.state !== 'published') throw new NotFoundError();
		return {
			report: { ...report, content: publicContent(report.content) },
			origin: app.config.origin,
			explore
		};
	});
}
