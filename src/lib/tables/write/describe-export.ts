/** What is known of a dataset, as its description for machines says it. */
import type { ExportFacts } from '../../core/protocol/export.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import type { PackageDescription } from './datapackage.ts';

/** @param language in which columns are described, where they are in it */
export function describeExport(facts: ExportFacts, language: Lang): PackageDescription {
	const { slug, title, description, version, createdAt, about, licence, terms } = facts;
	const other = language === 'fr' ? 'en' : 'fr';
	const said: Record<string, string> = {
		publication: facts.publication,
		...(terms.validUntil ? { validUntil: terms.validUntil } : {}),
		...(terms.purpose ? { purpose: terms.purpose } : {}),
		...(terms.acknowledgement ? { acknowledgement: terms.acknowledgement } : {}),
		...(terms.remuneration ? { remuneration: terms.remuneration } : {}),
		...(facts.synthetic ? { synthetic: 'true' } : {})
	};
	return {
		...{ name: slug, title, description, version: String(version) },
		created: new Date(createdAt).toISOString(),
		licenses: [{ name: licence.name, ...(licence.url ? { path: licence.url } : {}) }],
		sources: facts.sources.map((source) => ({
			title: source.title,
			...(source.path ? { path: source.path } : {})
		})),
		contributors: facts.contributors.map((contributor) => ({
			title: contributor.title,
			role: contributor.role,
			...(contributor.email ? { email: contributor.email } : {})
		})),
		keywords: about.keywords,
		terms: said,
		fields: facts.columns.map(({ name, label, description: about, unit }) => ({
			name,
			title: label,
			description: about[language] || about[other],
			unit
		}))
	};
}
