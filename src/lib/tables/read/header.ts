/** Names for columns, from what the header says: each there, and each its own. */
import { ARROW_LIMITS } from '../check-arrow.ts';

export interface HeaderName {
	readonly name: string;
	/** As the file has it. */
	readonly header: string;
	readonly warning: 'empty_header' | 'duplicate_header' | 'reserved_header' | 'long_header' | null;
}

/** @param cells the header's cells; fewer than `width` where it is short or absent */
export function headerNames(cells: readonly string[], width: number): HeaderName[] {
	const taken = new Set<string>();
	const names: HeaderName[] = [];
	for (let index = 0; index < width; index++) {
		const header = cells[index] ?? '';
		let name = header.replace(/\s+/g, ' ').trim();
		let warning: HeaderName['warning'] = null;
		if (name === '') {
			name = `colonne_${index + 1}`;
			warning = 'empty_header';
		} else if (name === '__proto__') {
			// The tables of notebooks are keyed by name in plain objects, where this one is not a key.
			name = 'proto';
			warning = 'reserved_header';
		} else if (name.length > ARROW_LIMITS.nameLength) {
			name = name.slice(0, ARROW_LIMITS.nameLength - 10);
			warning = 'long_header';
		}
		const wished = name;
		for (let n = 2; taken.has(name); n++) {
			name = `${wished}_${n}`;
			warning ??= 'duplicate_header';
		}
		taken.add(name);
		names.push({ name, header, warning });
	}
	return names;
}

/** Names for columns that choices add beside others, `<name> (code)`, each its own; null where none is added. */
export function companionNames(
	names: readonly (string | null)[],
	added: readonly boolean[]
): (string | null)[] {
	const taken = new Set(names);
	return names.map((own, index) => {
		if (!added[index] || own === null) return null;
		const wished = `${own.slice(0, ARROW_LIMITS.nameLength - 20)} (code)`;
		let name = wished;
		for (let n = 2; taken.has(name); n++) name = `${wished} ${n}`;
		taken.add(name);
		return name;
	});
}
