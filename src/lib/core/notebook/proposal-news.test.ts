import { describe, expect, it } from 'vitest';
import { toCell, toNotebook } from './notebook.ts';
import { newsBetween, settled, type ProposalState } from './proposal-news.ts';
import type { ChangeState, ProposedChange } from './proposal.ts';

const change = (id: string, state: ChangeState = 'open', mine = false): ProposedChange => ({
	change: {
		...({ kind: 'changed', id: `changed:${id}` } as const),
		from: toCell({ id, source: '1' }),
		to: toCell({ id, source: '2' })
	},
	...{ state, mine, by: state === 'open' ? '' : 'Line', at: null, reason: '' }
});
const stateOf = (more: Partial<ProposalState['proposal']> = {}, source = '1'): ProposalState => ({
	proposal: {
		...{ id: 'p', by: 'Vera', mine: false, at: 1, message: '', comments: 0, base: ['a'] },
		states: { open: 1, accepted: 0, declined: 0, withdrawn: 0, superseded: 0 },
		...{ originId: 'o', originTitle: 'O', forkTitle: 'F', forkId: null },
		...{ changes: [change('a'), change('b')], discussion: [] },
		...{ mayDecide: true, mayWithdraw: false },
		...more
	},
	now: toNotebook({ title: 'O', cells: [{ id: 'a', source }] })
});
const said = (id: string, author: string, mine = false) => ({ id, author, mine, body: 'x', at: 1 });

describe('what came while the page is open', () => {
	it('is what others said and decided, never one’s own', () => {
		const before = stateOf({ discussion: [said('1', 'Vera')] });
		const after = stateOf({
			changes: [change('a', 'accepted'), change('b', 'declined', true)],
			discussion: [said('1', 'Vera'), said('2', 'Edgar'), said('3', 'Line', true)]
		});
		expect(newsBetween(before, after)).toEqual([
			{ kind: 'decided', by: 'Line', state: 'accepted', changeId: 'changed:a' },
			{ kind: 'comment', by: 'Edgar' }
		]);
		expect(newsBetween(after, after)).toEqual([]);
	});

	it('is that the notebook changed, unless an accepted change is why', () => {
		expect(newsBetween(stateOf(), stateOf({}, '2'))).toEqual([{ kind: 'edited' }]);
		const accepted = { changes: [change('a', 'accepted'), change('b')] };
		expect(newsBetween(stateOf(), stateOf(accepted, '2')).map(({ kind }) => kind)).toEqual([
			'decided'
		]);
		const declined = { changes: [change('a', 'declined'), change('b')] };
		expect(newsBetween(stateOf(), stateOf(declined, '2')).map(({ kind }) => kind)).toEqual([
			'decided',
			'edited'
		]);
	});
});

describe('what is drawn already', () => {
	it('stays the same value where it says the same', () => {
		const before = stateOf();
		const after = stateOf({ changes: [change('a', 'accepted'), change('b')] });
		const next = settled(before, after);
		expect(next.now).toBe(before.now);
		expect(next.proposal.changes.map(({ state }) => state)).toEqual(['accepted', 'open']);
		for (const [i, one] of next.proposal.changes.entries())
			expect(one.change).toBe(before.proposal.changes[i]?.change);
	});

	it('is the later one where it says otherwise', () => {
		const after = stateOf({}, '2');
		expect(settled(stateOf(), after).now).toBe(after.now);
	});
});
