/** Whether a text shows nothing: blanks, and characters that are invisible. Nobody is called that. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);
}
