/** What the author of a report typed and chose, kept on the device until the report is published. */
import { LICENCES, type Licence } from '../core/governance/terms.ts';
import type { DraftStore } from './draft-store.ts';

export interface KeptReport {
	readonly reportId: string;
	readonly slug: string;
	readonly title: string;
	readonly summary: string;
	readonly authors: string;
	readonly licence: Licence;
	readonly shown: readonly string[];
	readonly omitted: readonly string[];
	readonly alts: readonly (readonly [output: string, text: string])[];
	readonly captions: readonly (readonly [output: string, text: string])[];
}

const ID = 'choices';

export class KeptReports {
	readonly #key: string;
	readonly #store: DraftStore;

	/** @param key names this person's draft of a report of this notebook, on a shared device */
	constructor(key: string, store: DraftStore) {
		this.#key = `report:${key}`;
		this.#store = store;
	}

	/** null where nothing was kept, or nothing that can be read. */
	async load(): Promise<KeptReport | null> {
		try {
			const row = (await this.#store.load(this.#key)).find(({ id }) => id === ID);
			return row ? reportOf(JSON.parse(new TextDecoder().decode(row.update))) : null;
		} catch {
			return null;
		}
	}

	/** null: forgets it. Where the browser keeps nothing, nothing is said. */
	async keep(report: KeptReport | null): Promise<void> {
		try {
			if (report)
				await this.#store.put(this.#key, ID, new TextEncoder().encode(JSON.stringify(report)));
			else await this.#store.remove(this.#key, [ID]);
		} catch {
			// A private window: the page itself still holds what is typed.
		}
	}
}

function reportOf(kept: unknown): KeptReport | null {
	if (typeof kept !== 'object' || kept === null) return null;
	const { reportId, slug, title, summary, authors, licence, ...sets } = kept as Partial<KeptReport>;
	const { shown, omitted, alts, captions } = sets;
	const known = LICENCES.find((one) => one === licence);
	if (!isText(reportId) || !isText(slug) || !isText(title) || !isText(summary)) return null;
	if (!isText(authors) || !known || !isList(shown, isText) || !isList(omitted, isText)) return null;
	if (!isList(alts, isPair) || !isList(captions, isPair)) return null;
	return {
		reportId,
		slug,
		title,
		summary,
		authors,
		licence: known,
		shown,
		omitted,
		alts,
		captions
	};
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isList = <T>(value: unknown, is: (item: unknown) => item is T): value is T[] =>
	Array.isArray(value) && value.every(is);
const isPair = (value: unknown): value is [string, string] =>
	isList(value, isText) && value.length === 2;
