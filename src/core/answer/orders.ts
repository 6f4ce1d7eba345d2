// Orders to the program instead of questions about the subject. Nothing here could carry them out: text is only ever looked
// up and quoted. They are declined so that the learner is never told something in the handbook's name that it doesn't say.

/** Suspicious wherever they stand. */
const anywhere = [
  /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(previous|prior|above|earlier|all|your|the|any)\b.{0,30}\b(instructions?|rules?|prompts?|guidelines?|passages?|sources?|restrictions?|filters?)\b/i,
  /\b(pretend|act as if|make believe|claim|imagine)\b.{0,40}\b(handbook|chapters?|book|passages?|sources?|author)\b.{0,20}\b(says?|said|states?|contains?|claims?|proves?|recommends?)\b/i,
  /\b(reveal|print|show|repeat|output|leak|dump|display)\b.{0,30}\b(system|hidden|initial|secret|your)\b.{0,12}\b(prompts?|instructions?|messages?|rules)\b/i,
  /\byou are (now|no longer)\b|\bfrom (now|here) on\b|\b(developer|jailbreak|dan|god|admin|debug) mode\b|\bdrop your (persona|rules|act)\b/i,
  /\b(make up|invent|fabricate)\b.{0,30}\b(citations?|quotes?|sources?|chapters?|passages?|references?|papers?|facts?)\b/i,
  /#{2,}\s*(instruction|system|response|assistant)|<\|?(system|im_start|assistant)|\[(system|inst)\]/i,
  /\brm -rf\b|\bsudo \w|\bcurl\b.{0,30}\|\s*(ba)?sh\b|\bdrop table\b/i,
  /\b(send|upload|post|e-?mail|exfiltrate|forward)\b.{0,40}\b(my|the|this|all|our)\b.{0,40}\b(to|at)\b.{0,20}(https?:|@|server|address|webhook|url)/i,
];

/** What a clause that begins with a verb of command is about, if it is meant for the program. */
const commands = [
  /^(run|execute|launch|start|open|type|call|invoke)\b.*\b(terminal|shell|command( line)?|console|powershell|script|calculator|browser|tool)\b/i,
  /^(delete|erase|remove|wipe|overwrite|rename|install|uninstall|download|modify|edit|change|disable)\b.*\b(files?|folders?|workspace|disk|settings?|extensions?|repo(sitory)?|history|notes|code)\b/i,
  /^(mark|set|reset|give|record)\b.*\b(chapters?|quiz|scores?|progress|resources?|everything|me)\b.*\b(as|to|full|100|done|read|studied|passed)\b/i,
  /^(answer|respond|reply|speak|output|say|write|end|begin|start)\b.{0,20}\b(only|nothing but|every (answer|message|reply|sentence)|each (answer|message|reply|sentence)|always|with the words?)\b/i,
  /^(repeat|print|output|show|copy)\b.{0,20}\b(everything|all|the text|words|whatever)\b.{0,20}\b(above|before|so far|prior)\b/i,
  /^(obey|comply)\b/i,
  /^(turn off|switch off|stop|deactivate|skip)\b.*\b(citations?|citing|declining|refusing|checks?|filters?|gate|rules)\b/i,
  /^(write|compose|draft|generate|create)\b.{0,30}\b(e-?mails?|mails?|letters?|poems?|songs?|stor(y|ies)|essays?|tweets?|posts?|virus|malware|exploits?|jokes?)\b/i,
];

const politeness =
  /^(?:(?:please|now|then|and|so|also|just|first|kindly|instead|but|before you answer|you (?:must|should|will|have to|shall)|i (?:want|need|order|command) you to|your task is to|that'?s an order)\s+)+/i;

/** Whether a text gives orders to the program. */
export function isOrder(text: string): boolean {
  if (anywhere.some((order) => order.test(text))) return true;
  const clauses = text.split(/[,.;:!?\n]+|\band\b|\bthen\b/i).map((clause) => clause.trim().replace(politeness, ''));
  return clauses.some((clause) => commands.some((command) => command.test(clause)));
}
