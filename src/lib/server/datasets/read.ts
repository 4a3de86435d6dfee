/** The bytes of a dataset version, for who may read the dataset: asked at each reading. */
import { NotFoundError } from '../../core/errors.ts';
import type { LineageSource } from '../../core/governance/terms.ts';
import { allows } from '../../core/permissions/table.ts';
import { goneError, standingOnDataset } from '../access/dataset.ts';
import type { Actor, App } from '../app.ts';
import type { AccessWay } from '../db/schema.ts';
import { recordAccess } from './access-log.ts';
import type { OpenBlob } from './blob-store.ts';
import { findVersion, sourceOf } from './lineage-source.ts';

export interface DatasetFile {
	readonly source: LineageSource;
	/** Reads the bytes from the store. */
	readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>;
	/** Reads them as they are sent: whoever reads slowly holds none of the server's memory. */
	readonly open: () => Promise<OpenBlob>;
}

/**
 * Whether it may be read, and what it is; nothing is written down of it.
 * @throws NotFoundError for a missing and a foreign one alike; GoneError `dataset_withdrawn`, `dataset_expired` for who
 * could read it before
 */
export function openDatasetFile(app: App, actor: Actor | null, name: string): DatasetFile {
	const found = findVersion(app, name);
	if (!found) throw new NotFoundError();
	const { id } = found.dataset;
	const { roles, closed } = standingOnDataset(app, actor, id);
	// Withdrawn for its stewards too; past its last day they still read it.
	if (closed === 'withdrawn' || (closed && !allows(roles, 'dataset.read')))
		throw goneError(app, id, closed);
	if (!allows(roles, 'dataset.read')) throw new NotFoundError();
	if (found.version.withdrawnAt !== null)
		throw goneError(app, id, 'withdrawn', found.version.number);
	const { hash } = found.version;
	return {
		source: sourceOf(found),
		bytes: () => app.blobs.get(hash),
		open: () => app.blobs.open(hash)
	};
}

/** The same, for who reads it now: its stewards can see that they did, and which way. */
export function readDatasetFile(
	app: App,
	actor: Actor | null,
	name: string,
	way: AccessWay
): DatasetFile {
	const file = openDatasetFile(app, actor, name);
	if (actor) recordAccess(app, actor, file.source, way);
	return file;
}
