/** Stands in for `@daily-co/daily-js`, which is never used because calls are made with our own media manager. */
export default {};
