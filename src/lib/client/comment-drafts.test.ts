import { describe, expect, it } from 'vitest';
import { CommentDrafts } from './comment-drafts.ts';
import { memoryDrafts, type DraftStore } from './draft-store.ts';

describe('what is typed and not sent', () => {
	it('is given back to the next page, by notebook and by what it answers', async () => {
		const store = memoryDrafts();
		const drafts = await CommentDrafts.open('eve.n', store);
		drafts.keepDraft('t1', 'Pourq');
		drafts.keepDraft('t1', 'Pourquoi?');
		drafts.keepDraft('t2', 'Ève');
		expect(drafts.draft('t1')).toBe('Pourquoi?');
		await drafts.written();
		const again = await CommentDrafts.open('eve.n', store);
		expect([again.draft('t1'), again.draft('t2'), again.draft('t3')]).toEqual([
			'Pourquoi?',
			'Ève',
			''
		]);
		for (const other of ['line.n', 'eve.m'])
			expect((await CommentDrafts.open(other, store)).draft('t1')).toBe('');
	});

	it('goes once it is sent or given up', async () => {
		const store = memoryDrafts();
		const drafts = await CommentDrafts.open('k', store);
		drafts.keepDraft('t', 'Oui');
		drafts.keepDraft('t', ' ');
		await drafts.written();
		expect(drafts.draft('t')).toBe('');
		expect(await store.load('k')).toEqual([]);
		drafts.keepDraft('t', 'Non');
		await drafts.written();
		drafts.keepDraft('t', '');
		await drafts.written();
		expect(await store.load('k')).toEqual([]);
	});

	it('ends as it was typed last, however slowly the device writes', async () => {
		const store = memoryDrafts();
		let puts = 0;
		const slow: DraftStore = {
			...store,
			async put(...args) {
				puts++;
				for (let i = 0; i < 10 / puts; i++) await Promise.resolve();
				await store.put(...args);
			}
		};
		const drafts = await CommentDrafts.open('k', slow);
		for (let i = 1; i <= 30; i++) {
			drafts.keepDraft('t', 'x'.repeat(i));
			if (i % 7 === 0) await Promise.resolve();
		}
		await drafts.written();
		expect((await CommentDrafts.open('k', store)).draft('t')).toBe('x'.repeat(30));
		// Not once a key.
		expect(puts).toBeLessThan(30);
	});

	it('is held by the page where the device keeps nothing', async () => {
		const refuse = () => Promise.reject(new Error('refused'));
		const none: DraftStore = { load: refuse, put: refuse, remove: refuse };
		const drafts = await CommentDrafts.open('k', none);
		drafts.keepDraft('t', 'Oui');
		await drafts.written();
		expect(drafts.draft('t')).toBe('Oui');
		const full: DraftStore = { ...memoryDrafts(), put: refuse };
		const more = await CommentDrafts.open('k', full);
		more.keepDraft('t', 'Oui');
		await more.written();
		expect(more.draft('t')).toBe('Oui');
	});
});
