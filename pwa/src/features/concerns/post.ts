/** How an author's words travel: with the receipt in the body, or under the account. */
export type Post = { base: string; receipt?: string };
