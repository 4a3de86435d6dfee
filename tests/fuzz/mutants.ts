/** Damaged files, each told by its format and its seed. */
import { zipFile } from '../support/zip-file.ts';
import { mutated } from './mutate.ts';
import { seeded } from './random.ts';
import type { Sample } from './samples.ts';

/** The damaged file of that seed: always the same. */
export function mutantOf(samples: readonly Sample[], seed: number): Sample {
	const random = seeded(seed);
	const { file, bytes, parts } = samples[random(samples.length)] as Sample;
	if (!parts || random(3) === 0) return { file, bytes: mutated(bytes, random) };
	const damaged = random(parts.length);
	return {
		file,
		bytes: zipFile(
			parts.map((part, i) =>
				i === damaged ? { ...part, content: mutated(bytesOf(part.content), random) } : part
			)
		)
	};
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
	typeof content === 'string' ? new TextEncoder().encode(content) : content;
