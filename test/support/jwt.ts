/** A JSON Web Token in a text: its header and a part of what follows, so that no random text looks like one. */
export const JWT = /eyJ[\w-]{10,}\.[\w-]{10}/;
