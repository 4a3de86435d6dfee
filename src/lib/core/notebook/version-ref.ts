/** Names a state of a notebook in an address: as it is, as it was kept, as it was frozen, or what it was copied from. */

export type VersionRef = {
	/** Of another notebook than the one whose page it is; null: of that one. */
	readonly notebook: string | null;
} & (
	| { readonly kind: 'present' }
	/** One of its history. */
	| { readonly kind: 'kept'; readonly id: string }
	/** One that a copy or a report was made from. */
	| { readonly kind: 'frozen'; readonly number: number }
	/** What it was copied from, as that was then. */
	| { readonly kind: 'origin' }
);

const ID = '[a-z0-9]{26}';
const REF = new RegExp(`^(?:(${ID}):)?(?:(present)|(origine)|v\\.(${ID})|n\\.([1-9][0-9]{0,8}))$`);

export function printVersionRef(ref: VersionRef): string {
	const of = ref.notebook === null ? '' : `${ref.notebook}:`;
	switch (ref.kind) {
		case 'present':
			return `${of}present`;
		case 'origin':
			return `${of}origine`;
		case 'kept':
			return `${of}v.${ref.id}`;
		case 'frozen':
			return `${of}n.${String(ref.number)}`;
	}
}

/** null for what names none. */
export function parseVersionRef(text: string): VersionRef | null {
	const [found, notebook = null, present, origin, id, number] = REF.exec(text) ?? [];
	if (found === undefined) return null;
	if (present !== undefined) return { notebook, kind: 'present' };
	if (origin !== undefined) return { notebook, kind: 'origin' };
	if (id !== undefined) return { notebook, kind: 'kept', id };
	return { notebook, kind: 'frozen', number: Number(number) };
}

/** The address of the comparison of two states, in French. @param notebook whose page it is */
export const compareAddress = (notebook: string, from: VersionRef, to: VersionRef): string =>
	`/carnets/${notebook}/comparer?de=${printVersionRef(from)}&a=${printVersionRef(to)}`;

/** Of a copy with what it was copied from, as that was then. */
export const forkCompareAddress = (copy: string): string =>
	compareAddress(copy, { notebook: null, kind: 'origin' }, { notebook: null, kind: 'present' });
