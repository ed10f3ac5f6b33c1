export { AidevopsVoice } from "../aidevops-voice/server.ts";
