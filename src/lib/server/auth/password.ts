/** Passwords at rest: argon2id at the floor that OWASP gives (19 MiB, two passes, one lane). */
import { hash, verify } from '@node-rs/argon2';

export const ARGON2 = {
	// 2 is argon2id; the package's own enum is a type only.
	algorithm: 2,
	memoryCost: 19_456,
	timeCost: 2,
	parallelism: 1
} as const;

/** A phrase typed on two keyboards can differ in composed accents only: it is the same phrase. */
const form = (password: string): string => password.normalize('NFKC');

export const hashPassword = (password: string): Promise<string> => hash(form(password), ARGON2);

/** Compared against where there is nothing to compare with, so that both answers take the same work. */
let decoy: Promise<string> | undefined;

/** Whether the password is the one that was hashed. Without a hash it works as long, and answers no. */
export async function verifyPassword(kept: string | null, password: string): Promise<boolean> {
	decoy ??= hashPassword('nobody has this password');
	const against = kept ?? (await decoy);
	const same = await verify(against, form(password));
	return same && kept !== null;
}
