/** What helps while code is typed: names that complete, brackets that close. Loaded once the editor takes keys. */
import {
	acceptCompletion,
	autocompletion,
	closeBrackets,
	closeBracketsKeymap
} from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { notebookCompletion, type NotebookNames } from './completion.ts';

export const assistance = (names: () => NotebookNames): Extension => [
	// Before the defaults, after an open completion list (which takes Esc and Enter for itself).
	Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
	keymap.of(closeBracketsKeymap),
	autocompletion({ override: [notebookCompletion(names)], icons: false }),
	closeBrackets()
];
