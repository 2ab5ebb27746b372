# Sourced. The development text sources in two halves: detection is tuned on one and its figures are reported on the other.
TUNING_SOURCES="assistant_clinc150,batch_rag_qa,dialog_multiwoz,eval_bfcl,eval_humaneval,fireact_agent,glaive_toolcall_en,gorilla_apibench,gpteacher_roleplay,hh_harmless,judge_eval_workload,oasst_en,oasst_lottery,oasst_zh,opengpt_nhs,support_banking77,t0_p3_pool"
REPORTING_SOURCES="alpaca_zh_extra,awesome_prompts,batch_extraction,batch_intent_routing,dialog_crosswoz_zh,eval_bbh,eval_biggen,eval_mmlu,flan_cot_pool,glaive_toolcall_zh,gpteacher_codegen,gpteacher_toolformer,hh_helpful_seed,lmsys_arena,oasst_en_prompts,search_questions,smalltalk_ko"
# Two thirds of the tuning half teach the model of cues; the rest is new to it, as what comes to a gateway is.
CUE_SOURCES="assistant_clinc150,batch_rag_qa,dialog_multiwoz,eval_humaneval,glaive_toolcall_en,gpteacher_roleplay,hh_harmless,judge_eval_workload,oasst_en,oasst_zh,t0_p3_pool"
