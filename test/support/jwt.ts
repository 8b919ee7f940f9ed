/**
 * A JSON Web Token in a text, or its beginning alone: `{"typ"`, `{"alg"` or `{"kid"`. More than three letters, which
 * random text holds now and then.
 */
export const JWT = /eyJ(0eXAi|hbGci|raWQi|[\w-]{10,}\.[\w-]{10})/;
