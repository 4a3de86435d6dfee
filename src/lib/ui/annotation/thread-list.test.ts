import { describe, expect, it } from 'vitest';
import type { Thread, ThreadComment } from '$lib/core/annotation/thread';
import { beside, filtered, GONE_CELL, inOrder, NO_FILTER, writersOf } from './thread-list.ts';

const ME = 'moi'.padEnd(26, '0');
const comment = (authorId: string, more: Partial<ThreadComment> = {}): ThreadComment => ({
	id: `${authorId}-c`,
	authorId,
	author: authorId.toUpperCase(),
	mine: false,
	body: 'Bonjour',
	edited: false,
	deleted: false,
	mayEdit: false,
	mayDelete: false,
	unread: false,
	reactions: [],
	createdAt: 0,
	...more
});
const thread = (
	id: string,
	cell: string,
	comments: ThreadComment[],
	more: Partial<Thread> = {}
): Thread => ({
	id,
	anchor: { kind: 'cell', cell },
	excerpt: '',
	excerptChecked: true,
	createdAt: 0,
	resolved: null,
	mayResolve: true,
	comments,
	...more
});
const cells = ['un', 'deux'];
const stands = (id: string): boolean => cells.includes(id);
const list = [
	thread('a', 'parti', [comment('zoe')]),
	thread('b', 'deux', [comment('ana', { body: `Et [@Moi](personne:${ME})?` })]),
	thread('c', 'un', [comment('ana'), comment('zoe', { unread: true })]),
	thread('d', 'un', [comment('ana')], { resolved: { by: 'Ana', at: 1 } }),
	thread('e', 'un', [comment('ana')])
];
const ids = (threads: readonly Thread[]): string => threads.map(({ id }) => id).join('');

describe('the list of discussions', () => {
	it('follows the notebook, words before what is said of the cell, deleted cells last', () => {
		const at: Record<string, number> = { c: 40, e: 7 };
		const ordered = inOrder(list, ({ id, anchor }) => ({
			cell: stands(anchor.cell) ? cells.indexOf(anchor.cell) : Infinity,
			at: at[id] ?? null
		}));
		expect(ids(ordered)).toBe('ecdba');
	});

	it('is filtered by state, person and cell', () => {
		const by = (filter: Partial<typeof NO_FILTER>): string =>
			ids(filtered(list, { ...NO_FILTER, ...filter }, { me: ME, stands }));
		expect(by({})).toBe('abce');
		expect(by({ state: 'resolved' })).toBe('d');
		expect(by({ state: 'unread' })).toBe('c');
		expect(by({ state: 'named' })).toBe('b');
		expect(by({ state: 'all', person: 'zoe' })).toBe('ac');
		expect(by({ cell: 'un' })).toBe('ce');
		expect(by({ cell: GONE_CELL })).toBe('a');
		expect(ids(filtered(list, { ...NO_FILTER, state: 'named' }, { me: null, stands }))).toBe('');
	});

	it('names who wrote, once each', () => {
		expect(writersOf(list).map(({ name }) => name)).toEqual(['ANA', 'ZOE']);
	});

	it('goes from one to the next, and stops at both ends', () => {
		expect(beside(list, null, 1)?.id).toBe('a');
		expect(beside(list, null, -1)?.id).toBe('e');
		expect(beside(list, 'a', 1)?.id).toBe('b');
		expect(beside(list, 'e', 1)).toBeNull();
		expect(beside(list, 'a', -1)).toBeNull();
		expect(beside([], null, 1)).toBeNull();
	});
});
