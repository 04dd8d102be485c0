export default function Stub() { return <p>soon</p>; }
