/** A report as schema.org linked data (`Report`, based on `Dataset`s), for search engines and citation tools. */
import type { Licence, LineageSource } from '../governance/terms.ts';
import type { Lang } from '../notebook/notebook.ts';
import { langTag } from './lang-tag.ts';
import type { ReportContent } from './report.ts';

/** Where and when a report stands; addresses are absolute. */
export interface ReportStanding {
	readonly url: string;
	readonly number: number;
	/** Milliseconds since the epoch. */
	readonly publishedAt: number;
	/** When version 1 came out. */
	readonly firstPublishedAt: number;
	/** The same report in the other language. */
	readonly twin: { readonly lang: Lang; readonly url: string } | null;
	/** Name and address of the site. */
	readonly site: { readonly name: string; readonly url: string };
	readonly image: string;
}

const LICENCE_URLS: Readonly<Record<Licence, string | null>> = {
	'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
	'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
	'CC-BY-NC-4.0': 'https://creativecommons.org/licenses/by-nc/4.0/',
	'CC-BY-NC-SA-4.0': 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
	'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
	'ODbL-1.0': 'https://opendatacommons.org/licenses/odbl/1-0/',
	'OGL-Canada-2.0': 'https://open.canada.ca/en/open-government-licence-canada',
	'etalab-2.0': 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
	reserved: null
};

/** null: no licence that has an address. */
export const licenceUrl = (licence: Licence): string | null => LICENCE_URLS[licence];

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function linkedData(content: ReportContent, standing: ReportStanding): object {
	const organisations = new Set(content.sources.map((source) => source.organisation));
	const licence = licenceUrl(content.licence);
	return {
		'@context': 'https://schema.org',
		'@type': 'Report',
		'@id': standing.url,
		url: standing.url,
		name: content.title,
		headline: content.title,
		...(content.summary && { abstract: content.summary, description: content.summary }),
		inLanguage: langTag(content.lang),
		author: content.authors.map((name) => ({
			'@type': organisations.has(name) ? 'Organization' : 'Person',
			name
		})),
		publisher: { '@type': 'Organization', name: standing.site.name, url: standing.site.url },
		datePublished: day(standing.firstPublishedAt),
		dateModified: day(standing.publishedAt),
		version: String(standing.number),
		...(licence && { license: licence }),
		isAccessibleForFree: true,
		image: standing.image,
		...(standing.twin && {
			workTranslation: {
				'@type': 'Report',
				'@id': standing.twin.url,
				inLanguage: langTag(standing.twin.lang)
			}
		}),
		isBasedOn: content.sources.map(datasetOf)
	};
}

function datasetOf(source: LineageSource): object {
	const licence = licenceUrl(source.licence);
	return {
		'@type': 'Dataset',
		name: source.title,
		identifier: `${source.slug}@${source.version}`,
		version: String(source.version),
		creator: { '@type': 'Organization', name: source.organisation },
		...(licence && { license: licence }),
		...(source.acknowledgement && { creditText: source.acknowledgement })
	};
}

/** JSON for a `<script type="application/ld+json">`: nothing in it can end the element or open another. */
export const embeddedJson = (value: unknown): string =>
	JSON.stringify(value)
		.replace(/[<>&]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
