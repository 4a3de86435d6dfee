/**
 * The real record and terms of the dataset versions that a report names, from the store: what the browser says of
 * them is not read. A dataset that the author may not use answers as one that does not exist.
 */
import type { KnownSource } from '../../core/governance/publish.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { allows } from '../../core/permissions/table.ts';
import { standingOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import { findVersion, sourceOf } from '../datasets/lineage-source.ts';

/** Looks each file up once. @param lang of the report: titles are in it where they are said in it */
export function knownSources(app: App, actor: Actor, lang: Lang): KnownSource {
	const met = new Map<string, LineageSource | null>();
	return (file) => {
		const before = met.get(file);
		if (before !== undefined) return before;
		const found = lookUp(app, actor, file, lang);
		met.set(file, found);
		return found;
	};
}

function lookUp(app: App, actor: Actor, file: string, lang: Lang): LineageSource | null {
	const found = findVersion(app, file);
	if (!found || (found.dataset.withdrawnAt ?? found.version.withdrawnAt) !== null) return null;
	const { roles, closed } = standingOnDataset(app, actor, found.dataset.id);
	// Past its last day it is still known to who could read it: the rule of publication says why not.
	return allows(roles, 'dataset.read') || closed === 'expired' ? sourceOf(found, lang) : null;
}
