/** Opens the file that an archive holds; of several, the one chosen, and the first until one is. */
import { InvalidError } from '../../../core/errors.ts';
import type { OpenedFile, OpenOptions } from '../opened-file.ts';
import { inflateWhole, InflateBudget, MAX_WHOLE_BYTES } from './inflate.ts';
import { isZip, readZipEntries, type ZipEntry } from './zip-entries.ts';
import { zipKind } from './zip-kind.ts';

/** Files that a person may have meant, told by the ends of their names. */
const READABLE =
	/\.(csv|tsv|tab|txt|xlsx|xlsm|ods|json|geojson|ndjson|jsonl|parquet|arrow|feather)$/i;
const NESTED = /\.(zip|7z|rar|gz|tgz|tar|bz2|xz|zst)$/i;
/** What systems add of their own. */
const HIDDEN = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;
/** Members that are listed: a person chooses among them. */
export const MAX_MEMBERS = 500;

/** Opens a member by what it holds; an archive in an archive is not its to open. */
export type OpenMember = (
	bytes: Uint8Array<ArrayBuffer>,
	name: string,
	options: OpenOptions
) => Promise<OpenedFile>;

/**
 * @throws InvalidError `file_archive_empty` when it holds nothing readable, `file_archive_nested` when that is
 *   another archive, `file_member_missing` for a choice that is not there, `file_encrypted`, `file_zip_method`,
 *   `file_zip_bomb`, `file_damaged` (why), and what `openMember` throws
 */
export async function openArchive(
	bytes: Uint8Array<ArrayBuffer>,
	options: OpenOptions,
	openMember: OpenMember
): Promise<OpenedFile> {
	const files = readZipEntries(bytes).filter(
		({ name }) => name !== '' && !name.endsWith('/') && !HIDDEN.test(name)
	);
	const readable = files.filter(({ name }) => READABLE.test(name)).slice(0, MAX_MEMBERS);
	const entry =
		options.member === undefined ? readable.find(hasBytes) : readable.find(named(options.member));
	if (!entry) {
		if (options.member !== undefined) throw new InvalidError('file_member_missing');
		if (files.some(({ name }) => NESTED.test(name))) throw new InvalidError('file_archive_nested');
		throw new InvalidError('file_archive_empty');
	}
	const budget = new InflateBudget();
	const content = await inflateWhole(bytes, entry, budget, MAX_WHOLE_BYTES, options.pause);
	await options.pause?.();
	if (isZip(content) && (await zipKind(content)) === 'archive')
		throw new InvalidError('file_archive_nested');
	const opened = await openMember(content, entry.name, options);
	return { ...opened, members: readable.map(({ name }) => name), member: entry.name };
}

const hasBytes = ({ size }: ZipEntry): boolean => size > 0;
const named =
	(wanted: string) =>
	({ name }: ZipEntry): boolean =>
		name === wanted;
