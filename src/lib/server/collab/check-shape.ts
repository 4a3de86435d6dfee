/**
 * Whether what an update adds is what a notebook is made of (collab/document): a title and a language, cells that
 * are maps of a mode, a place, a pin and a text. A value of another kind would break the notebook for everyone.
 */
import * as Y from 'yjs';
import { isOrderKey } from '../../collab/order-key.ts';
import { MAX_TITLE } from '../../core/notebook/limits.ts';

export type Struct = Y.Item | Y.GC;

/** What holds an item. */
type Role = 'meta' | 'cells' | 'cell' | 'source' | 'unknown';

/** Where an item stands; null: in nothing that is left. */
interface Place {
	readonly role: Role;
	readonly key: string | null;
	/** Tells two holders of a role apart. */
	readonly holder: unknown;
}

const CELL_ID = /^[a-z0-9-]{1,40}$/;

/**
 * @param placed the update's structs, each after those that it rests on
 * @param doc the document as it is; not changed
 */
export function hasShape(placed: readonly Struct[], doc: Y.Doc): boolean {
	const places = new Map<Struct, Place | null>();
	const byEnd = new Map<number, Struct[]>();
	const known = (id: Y.ID): boolean => id.clock < Y.getState(doc.store, id.client);

	const roleOf = (type: unknown): Role => {
		if (type === doc.share.get('meta')) return 'meta';
		if (type === doc.share.get('cells')) return 'cells';
		const item = type instanceof Y.AbstractType ? type._item : null;
		if (!item) return 'unknown';
		const parent = roleOf(item.parent);
		return inside(parent, item.parentSub, type);
	};
	const structOf = (id: Y.ID): Struct | null => {
		if (known(id)) {
			const structs = doc.store.clients.get(id.client);
			return (structs?.[Y.findIndexSS(structs, id.clock)] as Struct | undefined) ?? null;
		}
		return structAt(byEnd.get(id.client) ?? [], id.clock);
	};
	const placeOf = (id: Y.ID): Place | null => {
		const struct = structOf(id);
		if (!(struct instanceof Y.Item)) return null;
		if (!known(id)) return places.get(struct) ?? null;
		const role = roleOf(struct.parent);
		return { role, key: struct.parentSub, holder: holderOf(role, struct.parent) };
	};
	const placeIn = (id: Y.ID, key: string | null): Place | null => {
		const struct = structOf(id);
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return null;
		const { type } = struct.content;
		const around = placeOf(id);
		return around && { role: inside(around.role, around.key, type), key, holder: type };
	};

	for (const struct of placed) {
		const line = byEnd.get(struct.id.client);
		if (line) line.push(struct);
		else byEnd.set(struct.id.client, [struct]);
		if (!(struct instanceof Y.Item)) continue;
		const { parent, parentSub, origin, rightOrigin } = struct;
		let place: Place | null;
		if (typeof parent === 'string') {
			const role = parent === 'meta' || parent === 'cells' ? parent : 'unknown';
			place = { role, key: parentSub, holder: role };
		} else if (parent instanceof Y.ID) place = placeIn(parent, parentSub);
		else {
			const left = origin && placeOf(origin);
			const right = rightOrigin && placeOf(rightOrigin);
			// One of its neighbours is gone: so is it.
			if ((origin && !left) || (rightOrigin && !right)) place = null;
			else {
				place = left ?? right;
				if (left && right && (left.holder !== right.holder || left.key !== right.key)) return false;
			}
		}
		places.set(struct, place);
		const isNew = struct.id.clock + struct.length > Y.getState(doc.store, struct.id.client);
		if (place && isNew && !fits(place, struct)) return false;
	}
	return true;
}

const holderOf = (role: Role, type: unknown): unknown =>
	role === 'meta' || role === 'cells' ? role : type;

function inside(role: Role, key: string | null, type: unknown): Role {
	if (role === 'cells' && type instanceof Y.Map) return 'cell';
	if (role === 'cell' && key === 'source' && type instanceof Y.Text) return 'source';
	return 'unknown';
}

/**
 * A value that was replaced is kept by who may take the replacement back, and Yjs writes such values of one key, one after
 * the other, as one struct: each must fit.
 */
function fits({ role, key }: Place, { content, length }: Y.Item): boolean {
	if (content instanceof Y.ContentDeleted) return role !== 'unknown';
	if (role === 'source') return key === null && content instanceof Y.ContentString;
	if (key === null) return false;
	if (content instanceof Y.ContentAny)
		return content.arr.every((value) => fitsKey(role, key, value, null));
	return (
		length === 1 && content instanceof Y.ContentType && fitsKey(role, key, undefined, content.type)
	);
}

function fitsKey(
	role: Role,
	key: string,
	value: unknown,
	type: Y.AbstractType<unknown> | null
): boolean {
	switch (`${role}.${role === 'cells' ? '' : key}`) {
		case 'meta.title':
			return typeof value === 'string' && value.length <= MAX_TITLE;
		case 'meta.lang':
			return value === 'fr' || value === 'en';
		case 'cells.':
			return type instanceof Y.Map && CELL_ID.test(key);
		case 'cell.mode':
			return value === 'js' || value === 'md';
		case 'cell.order':
			return isOrderKey(value);
		case 'cell.pinned':
			return typeof value === 'boolean';
		case 'cell.source':
			return type instanceof Y.Text;
		default:
			return false;
	}
}

/** The struct of a line that holds a clock; lines have no hole. */
export function structAt(line: readonly Struct[], clock: number): Struct | null {
	const struct = line[indexAt(line, clock)];
	return struct && clock >= struct.id.clock && clock < struct.id.clock + struct.length
		? struct
		: null;
}

/** Index of the first struct of a line that ends after a clock. */
export function indexAt(line: readonly Struct[], clock: number): number {
	let low = 0;
	let high = line.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const struct = line[middle];
		if (struct && struct.id.clock + struct.length <= clock) low = middle + 1;
		else high = middle;
	}
	return low;
}
