/** The keys of an editor, beyond those of any text. Loaded once it takes keys. */
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';

export const commands: Extension = [
	keymap.of([...defaultKeymap, indentWithTab]),
	indentUnit.of('  ')
];
