"""Guard: what every URL answers to everybody, for rows that are all `ana`'s; a GET writes nothing.

The columns: nobody (not signed in) · ana, the student whose rows they are · ben, a student of the
other class · the counselor of ana's class · the counselor of the other one · an administrator ·
a student who is also a counselor of ana's class.

A second word says what is special: `cohort` asks for ana's class by its key, `elsewhere` is about
a term in which neither counselor teaches.

The answers: `sign-in` sends people to the sign-in page, `302` anywhere else; 403 says that the
role is wrong, 404 that the row is not theirs, 405 that the page does not take this method.
"""

import pytest
from django.db import InternalError
from django.http import HttpResponse

from tests.accounts.factories import UserFactory
from tests.guards.outcome_answers import OUTCOMES
from tests.guards.pages import World, refusing_writes, url_patterns
from tests.guards.sign_on_answers import SIGN_ON

TABLE = """
                                         nobody  ana ben counselor another admin both
GET  home                                sign-in 302 302 302       302     302   302
POST home                                sign-in 405 405 405       405     405   405
GET  today                               sign-in 200 200 403       403     403   200
POST today                               sign-in 405 405 403       403     403   405
GET  account                             sign-in 200 200 200       200     200   200
POST account                             sign-in 200 200 200       200     200   200
GET  reminder_settings                   sign-in 200 200 200       200     200   200
POST reminder_settings                   sign-in 200 200 200       200     200   200
GET  healthz                             200     200 200 200       200     200   200
POST healthz                             405     405 405 405       405     405   405
GET  readyz                              200     200 200 200       200     200   200
POST readyz                              405     405 405 405       405     405   405
GET  metrics                             404     404 404 404       404     404   404
POST metrics                             405     405 405 405       405     405   405
GET  status                              sign-in 403 403 403       403     200   403
POST status                              sign-in 403 403 403       403     405   403

GET  meeting_list                        sign-in 200 200 403       403     403   200
POST meeting_list                        sign-in 405 405 403       403     403   405
GET  meeting                             sign-in 200 404 403       403     403   404
POST meeting                             sign-in 405 405 403       403     403   405
GET  meeting_new                         sign-in 200 404 403       403     403   404
POST meeting_new                         sign-in 302 404 403       403     403   404
GET  meeting_accept                      sign-in 200 404 403       403     403   404
POST meeting_accept                      sign-in 302 404 403       403     403   404
GET  meeting_propose                     sign-in 200 404 403       403     403   404
POST meeting_propose                     sign-in 200 404 403       403     403   404
GET  meeting_move                        sign-in 200 404 403       403     403   404
POST meeting_move                        sign-in 302 404 403       403     403   404
GET  meeting_edit                        sign-in 200 404 403       403     403   404
POST meeting_edit                        sign-in 302 404 403       403     403   404
GET  meeting_cancel                      sign-in 200 404 403       403     403   404
POST meeting_cancel                      sign-in 302 404 403       403     403   404
GET  meeting_outcome                     sign-in 405 405 403       403     403   405
POST meeting_outcome                     sign-in 302 404 403       403     403   404
GET  meeting_thanked                     sign-in 405 405 403       403     403   405
POST meeting_thanked                     sign-in 302 404 403       403     403   404
GET  meeting_debrief                     sign-in 200 404 403       403     403   404
POST meeting_debrief                     sign-in 200 404 403       403     403   404
GET  referrals_undo                      sign-in 405 405 403       403     403   405
POST referrals_undo                      sign-in 302 404 403       403     403   404
GET  meeting_thank                       sign-in 200 404 403       403     403   404
POST meeting_thank                       sign-in 200 404 403       403     403   404
GET  commitment_done                     sign-in 405 405 403       403     403   405
POST commitment_done                     sign-in 302 404 403       403     403   404
GET  story_edit                          sign-in 200 404 403       403     403   404
POST story_edit                          sign-in 200 404 403       403     403   404
GET  story_share                         sign-in 405 405 403       403     403   405
POST story_share                         sign-in 302 404 403       403     403   404
GET  story_withdraw                      sign-in 405 405 403       403     403   405
POST story_withdraw                      sign-in 302 404 403       403     403   404
GET  story_remove                        sign-in 405 405 403       403     403   405
POST story_remove                        sign-in 302 404 403       403     403   404
GET  stories                             sign-in 200 200 403       403     403   200
POST stories                             sign-in 200 200 403       403     403   200
GET  class_stories                       sign-in 200 200 200       200     200   200
POST class_stories                       sign-in 405 405 405       405     405   405
GET  meeting_ics                         sign-in 200 404 403       403     403   404
POST meeting_ics                         sign-in 405 405 403       403     403   405
GET  calendar                            sign-in 200 200 403       403     403   200
POST calendar                            sign-in 302 302 403       403     403   302
GET  calendar_feed                       200     200 200 200       200     200   200
POST calendar_feed                       405     405 405 405       405     405   405
GET  progress                            sign-in 200 200 403       403     403   200
POST progress                            sign-in 405 405 403       403     403   405
GET  attempt_reply                       sign-in 200 404 403       403     403   404
POST attempt_reply                       sign-in 302 404 403       403     403   404
GET  attempt_edit                        sign-in 200 404 403       403     403   404
POST attempt_edit                        sign-in 200 404 403       403     403   404
GET  attempt_remove                      sign-in 405 405 403       403     403   405
POST attempt_remove                      sign-in 200 404 403       403     403   404
GET  touch_new                           sign-in 200 404 403       403     403   404
POST touch_new                           sign-in 302 404 403       403     403   404
GET  touch_edit                          sign-in 200 404 403       403     403   404
POST touch_edit                          sign-in 302 404 403       403     403   404
GET  touch_remove                        sign-in 405 405 403       403     403   405
POST touch_remove                        sign-in 302 404 403       403     403   404
GET  in_touch                            sign-in 200 200 403       403     403   200
POST in_touch                            sign-in 405 405 403       403     403   405
GET  contact_cadence                     sign-in 200 404 403       403     403   404
POST contact_cadence                     sign-in 302 404 403       403     403   404
GET  tag_cadence                         sign-in 405 405 403       403     403   405
POST tag_cadence                         sign-in 302 302 403       403     403   302
GET  news                                sign-in 200 200 403       403     403   200
POST news                                sign-in 405 405 403       403     403   405

GET  meeting_prepare                     sign-in 200 404 403       403     403   404
POST meeting_prepare                     sign-in 200 404 403       403     403   404
GET  meeting_prepare_print               sign-in 200 404 403       403     403   404
POST meeting_prepare_print               sign-in 405 405 403       403     403   405
GET  meeting_talk                        sign-in 200 404 403       403     403   404
POST meeting_talk                        sign-in 405 405 403       403     403   405
GET  jottings                            sign-in 405 405 403       403     403   405
POST jottings                            sign-in 302 404 403       403     403   404
GET  question_bank                       sign-in 200 200 403       403     403   200
POST question_bank                       sign-in 200 200 403       403     403   200
GET  question_edit                       sign-in 200 404 403       403     403   404
POST question_edit                       sign-in 200 404 403       403     403   404
GET  question_aside                      sign-in 405 405 403       403     403   405
POST question_aside                      sign-in 302 404 403       403     403   404
GET  accomplishments                     sign-in 200 200 403       403     403   200
POST accomplishments                     sign-in 200 200 403       403     403   200
GET  accomplishment_edit                 sign-in 200 404 403       403     403   404
POST accomplishment_edit                 sign-in 200 404 403       403     403   404
GET  accomplishment_remove               sign-in 405 405 403       403     403   405
POST accomplishment_remove               sign-in 302 404 403       403     403   404
GET  programme_questions                 sign-in 403 403 200       200     200   200
POST programme_questions                 sign-in 403 403 200       200     200   200
GET  programme_question_edit             sign-in 403 403 200       200     200   200
POST programme_question_edit             sign-in 403 403 200       200     200   200
GET  programme_question_aside            sign-in 403 403 405       405     405   405
POST programme_question_aside            sign-in 403 403 302       302     302   302

GET  attempt_new                         sign-in 200 404 403       403     403   404
POST attempt_new                         sign-in 302 404 403       403     403   404

GET  compose                             sign-in 200 404 403       403     403   404
POST compose                             sign-in 302 404 403       403     403   404
GET  compose_coach                       sign-in 405 405 403       403     403   405
POST compose_coach                       sign-in 200 404 403       403     403   404
GET  note_send                           sign-in 200 404 403       403     403   404
POST note_send                           sign-in 200 404 403       403     403   404
GET  template_list                       sign-in 403 403 200       200     200   200
POST template_list                       sign-in 403 403 405       405     405   405
GET  template_new                        sign-in 403 403 200       200     200   200
POST template_new                        sign-in 403 403 200       200     200   200
GET  template                            sign-in 403 403 200       200     200   200
POST template                            sign-in 403 403 200       200     200   200
GET  template_retire                     sign-in 403 403 405       405     405   405
POST template_retire                     sign-in 403 403 302       302     302   302

GET  contact_page                        200     200 200 200       200     200   200
POST contact_page                        200     200 200 200       200     200   200
GET  contact_page unknown                404     404 404 404       404     404   404
POST contact_page unknown                404     404 404 404       404     404   404
GET  contact_link_new                    sign-in 200 404 403       403     403   404
POST contact_link_new                    sign-in 200 404 403       403     403   404
GET  contact_link_revoke                 sign-in 405 405 403       403     403   405
POST contact_link_revoke                 sign-in 302 404 403       403     403   404
GET  answer_agree                        sign-in 405 405 403       403     403   405
POST answer_agree                        sign-in 302 404 403       403     403   404

GET  contacts_in_care                    sign-in 403 403 200       200     200   200
POST contacts_in_care                    sign-in 403 403 200       200     200   200
GET  care_wish                           sign-in 403 403 405       405     405   405
POST care_wish                           sign-in 403 403 200       200     200   200
GET  care_lift                           sign-in 403 403 405       405     405   405
POST care_lift                           sign-in 403 403 200       404     200   200
GET  care_erase                          sign-in 403 403 403       403     405   403
POST care_erase                          sign-in 403 403 403       403     200   403

GET  contact_list                        sign-in 200 200 403       403     403   200
POST contact_list                        sign-in 405 405 403       403     403   405
GET  contact_quick_add                   sign-in 405 405 403       403     403   405
POST contact_quick_add                   sign-in 200 200 403       403     403   200
GET  contact_add                         sign-in 200 200 403       403     403   200
POST contact_add                         sign-in 200 200 403       403     403   200
GET  contact_brainstorm                  sign-in 200 200 403       403     403   200
POST contact_brainstorm                  sign-in 200 200 403       403     403   200
GET  contact_bulk                        sign-in 405 405 403       403     403   405
POST contact_bulk                        sign-in 302 302 403       403     403   302
GET  contact                             sign-in 200 404 403       403     403   404
POST contact                             sign-in 405 405 403       403     403   405
GET  contact_edit                        sign-in 200 404 403       403     403   404
POST contact_edit                        sign-in 200 404 403       403     403   404
GET  contact_archive                     sign-in 405 405 403       403     403   405
POST contact_archive                     sign-in 302 404 403       403     403   404
GET  contact_restore                     sign-in 405 405 403       403     403   405
POST contact_restore                     sign-in 302 404 403       403     403   404
GET  contact_import                      sign-in 200 200 403       403     403   200
POST contact_import                      sign-in 200 200 403       403     403   200
GET  contact_import_detail               sign-in 200 404 403       403     403   404
POST contact_import_detail               sign-in 405 405 403       403     403   405
GET  contact_import_progress             sign-in 200 404 403       403     403   404
POST contact_import_progress             sign-in 405 405 403       403     403   405
GET  contact_import_confirm              sign-in 405 405 403       403     403   405
POST contact_import_confirm              sign-in 302 404 403       403     403   404
GET  contact_import_discard              sign-in 405 405 403       403     403   405
POST contact_import_discard              sign-in 302 404 403       403     403   404
GET  contact_import_undo                 sign-in 405 405 403       403     403   405
POST contact_import_undo                 sign-in 302 404 403       403     403   404
GET  contact_duplicates                  sign-in 200 200 403       403     403   200
POST contact_duplicates                  sign-in 405 405 403       403     403   405
GET  contact_compare                     sign-in 200 404 403       403     403   404
POST contact_compare                     sign-in 200 404 403       403     403   404
GET  contact_tell_apart                  sign-in 405 405 403       403     403   405
POST contact_tell_apart                  sign-in 302 404 403       403     403   404
GET  contact_merge_undo                  sign-in 405 405 403       403     403   405
POST contact_merge_undo                  sign-in 302 404 403       403     403   404
GET  contact_export                      sign-in 200 200 403       403     403   200
POST contact_export                      sign-in 405 405 403       403     403   405
GET  contact_export_vcf                  sign-in 200 200 403       403     403   200
POST contact_export_vcf                  sign-in 405 405 403       403     403   405
GET  contact_export_csv                  sign-in 200 200 403       403     403   200
POST contact_export_csv                  sign-in 405 405 403       403     403   405
GET  network                             sign-in 200 200 403       403     403   200
POST network                             sign-in 405 405 403       403     403   405
GET  campaign                            sign-in 200 200 403       403     403   200
POST campaign                            sign-in 200 200 403       403     403   200
GET  campaign_print                      sign-in 200 200 403       403     403   200
POST campaign_print                      sign-in 405 405 403       403     403   405

GET  class_list                          sign-in 403 403 200       200     200   200
POST class_list                          sign-in 403 403 405       405     405   405
GET  class_board                         sign-in 403 403 200       404     200   200
POST class_board                         sign-in 403 403 405       405     405   405
GET  class_export                        sign-in 403 403 200       404     200   200
POST class_export                        sign-in 403 403 405       405     405   405
GET  class_spoken                        sign-in 403 403 405       405     405   405
POST class_spoken                        sign-in 403 403 302       404     302   302
GET  class_open                          sign-in 403 403 405       405     405   405
POST class_open                          sign-in 403 403 302       404     302   302
GET  class_student                       sign-in 403 403 200       404     200   200
POST class_student                       sign-in 403 403 302       404     302   302
GET  record_visits                       sign-in 200 200 403       403     403   200
POST record_visits                       sign-in 405 405 403       403     403   405
GET  cohort_people                       sign-in 403 403 200       404     200   200
POST cohort_people                       sign-in 403 403 200       404     200   200
GET  counselor_remove                    sign-in 403 403 405       405     405   405
POST counselor_remove                    sign-in 403 403 302       404     404   404
GET  substitute_remove                   sign-in 403 403 405       405     405   405
POST substitute_remove                   sign-in 403 403 302       404     404   404
GET  worker_remove                       sign-in 403 403 405       405     405   405
POST worker_remove                       sign-in 403 403 302       404     404   404
GET  cohort_settings_copy                sign-in 403 403 405       405     405   405
POST cohort_settings_copy                sign-in 403 403 302       404     302   302
GET  cohort_milestone_set                sign-in 403 403 405       405     405   405
POST cohort_milestone_set                sign-in 403 403 302       404     302   302
GET  milestone_remove                    sign-in 403 403 405       405     405   405
POST milestone_remove                    sign-in 403 403 302       404     404   404
GET  cohort_settings                     sign-in 403 403 200       404     200   200
POST cohort_settings                     sign-in 403 403 200       404     200   200
GET  roster                              sign-in 403 403 200       404     200   200
POST roster                              sign-in 403 403 405       405     405   405
GET  roster_import                       sign-in 403 403 200       404     200   200
POST roster_import                       sign-in 403 403 200       404     200   200
GET  roster_invite                       sign-in 403 403 405       405     405   405
POST roster_invite                       sign-in 403 403 302       404     302   302
GET  roster_file                         sign-in 403 403 200       404     200   200
POST roster_file                         sign-in 403 403 200       404     200   200
GET  roster_check                        sign-in 403 403 200       404     200   200
POST roster_check                        sign-in 403 403 405       405     405   405
GET  roster_confirm                      sign-in 403 403 405       405     405   405
POST roster_confirm                      sign-in 403 403 302       404     302   302
GET  roster_discard                      sign-in 403 403 405       405     405   405
POST roster_discard                      sign-in 403 403 302       404     302   302
GET  roster_undo                         sign-in 403 403 405       405     405   405
POST roster_undo                         sign-in 403 403 302       404     302   302
GET  roster_folder                       sign-in 403 403 403       403     200   403
POST roster_folder                       sign-in 403 403 403       403     405   403
GET  holidays                            sign-in 403 403 403       403     200   403
POST holidays                            sign-in 403 403 403       403     200   403
GET  holidays_remove                     sign-in 403 403 403       403     405   403
POST holidays_remove                     sign-in 403 403 403       403     302   403

GET  hand_in                             sign-in 405 405 403       403     403   405
POST hand_in                             sign-in 302 404 403       403     403   404
GET  handed_in_list                      sign-in 200 200 403       403     403   200
POST handed_in_list                      sign-in 405 405 403       403     403   405
GET  handed_in                           sign-in 200 404 403       403     403   404
POST handed_in                           sign-in 405 405 403       403     403   405
GET  handed_in_take_back                 sign-in 405 405 403       403     403   405
POST handed_in_take_back                 sign-in 302 404 403       403     403   404
GET  handed_in_seen                      sign-in 405 405 403       403     403   405
POST handed_in_seen                      sign-in 302 404 403       403     403   404
GET  feedback_queue                      sign-in 403 403 200       200     200   200
POST feedback_queue                      sign-in 403 403 405       405     405   405
GET  feedback                            sign-in 403 403 200       404     200   200
POST feedback                            sign-in 403 403 200       404     200   200
GET  feedback_read                       sign-in 403 403 405       405     405   405
POST feedback_read                       sign-in 403 403 302       404     302   302
GET  ask                                 sign-in 200 200 403       403     403   200
POST ask                                 sign-in 200 200 403       403     403   200
GET  answer_seen                         sign-in 405 405 403       403     403   405
POST answer_seen                         sign-in 302 404 403       403     403   404
GET  question                            sign-in 403 403 200       404     200   200
POST question                            sign-in 403 403 200       404     200   200
GET  student_notes                       sign-in 403 403 200       404     200   200
POST student_notes                       sign-in 403 403 200       404     200   200
GET  note_edit                           sign-in 403 403 200       404     404   404
POST note_edit                           sign-in 403 403 302       404     404   404
GET  note_remove                         sign-in 403 403 405       405     405   405
POST note_remove                         sign-in 403 403 302       404     404   404
GET  note_share                          sign-in 403 403 405       405     405   405
POST note_share                          sign-in 403 403 302       404     404   404
GET  record_notes                        sign-in 200 200 403       403     403   200
POST record_notes                        sign-in 405 405 403       403     403   405
GET  rubric_list                         sign-in 403 403 200       200     200   200
POST rubric_list                         sign-in 403 403 405       405     405   405
GET  rubric_new                          sign-in 403 403 200       200     200   200
POST rubric_new                          sign-in 403 403 200       200     200   200
GET  rubric                              sign-in 403 403 200       200     200   200
POST rubric                              sign-in 403 403 200       200     200   200
GET  rubric_retire                       sign-in 403 403 405       405     405   405
POST rubric_retire                       sign-in 403 403 302       302     302   302
GET  gradebook                           sign-in 403 403 200       404     200   200
POST gradebook                           sign-in 403 403 200       404     200   200
GET  gradebook_file                      sign-in 403 403 200       404     200   200
POST gradebook_file                      sign-in 403 403 405       405     405   405

GET  nudge                               sign-in 403 403 200       404     200   200
POST nudge                               sign-in 403 403 200       404     200   200
GET  nudge_effect                        sign-in 403 403 200       404     200   200
POST nudge_effect                        sign-in 403 403 405       405     405   405
GET  nudge_template_list                 sign-in 403 403 200       200     200   200
POST nudge_template_list                 sign-in 403 403 405       405     405   405
GET  nudge_template_new                  sign-in 403 403 200       200     200   200
POST nudge_template_new                  sign-in 403 403 200       200     200   200
GET  nudge_template                      sign-in 403 403 200       200     200   200
POST nudge_template                      sign-in 403 403 200       200     200   200
GET  nudge_template_retire               sign-in 403 403 405       405     405   405
POST nudge_template_retire               sign-in 403 403 302       302     302   302
GET  resource_list                       sign-in 200 200 200       200     200   200
POST resource_list                       sign-in 405 405 405       405     405   405
GET  resource                            sign-in 200 200 200       200     200   200
POST resource                            sign-in 405 405 405       405     405   405
GET  resource aside                      sign-in 404 404 200       200     200   200
POST resource aside                      sign-in 405 405 405       405     405   405
GET  resource_opened                     sign-in 405 405 405       405     405   405
POST resource_opened                     sign-in 204 204 204       204     204   204
GET  resource_new                        sign-in 403 403 200       200     200   200
POST resource_new                        sign-in 403 403 200       200     200   200
GET  resource_edit                       sign-in 403 403 200       200     200   200
POST resource_edit                       sign-in 403 403 200       200     200   200
GET  resource_retire                     sign-in 403 403 405       405     405   405
POST resource_retire                     sign-in 403 403 302       302     302   302
GET  resource_pin                        sign-in 403 403 405       405     405   405
POST resource_pin                        sign-in 403 403 302       302     302   302

GET  effort                              sign-in 405 405 403       403     403   405
POST effort                              sign-in 302 302 403       403     403   302
GET  research_list                       sign-in 200 200 403       403     403   200
POST research_list                       sign-in 200 200 403       403     403   200
GET  research_new                        sign-in 200 404 403       403     403   404
POST research_new                        sign-in 302 404 403       403     403   404
GET  research_edit                       sign-in 200 404 403       403     403   404
POST research_edit                       sign-in 302 404 403       403     403   404
GET  research_remove                     sign-in 405 405 403       403     403   405
POST research_remove                     sign-in 302 404 403       403     403   404


GET  import_list                         sign-in 403 403 403       403     200   403
POST import_list                         sign-in 403 403 403       403     405   403
GET  import_upload                       sign-in 403 403 403       403     405   403
POST import_upload                       sign-in 403 403 403       403     200   403
GET  import_detail                       sign-in 403 403 403       403     200   403
POST import_detail                       sign-in 403 403 403       403     405   403
GET  import_progress                     sign-in 403 403 403       403     200   403
POST import_progress                     sign-in 403 403 403       403     405   403
GET  import_confirm                      sign-in 403 403 403       403     405   403
POST import_confirm                      sign-in 403 403 403       403     302   403
GET  import_discard                      sign-in 403 403 403       403     405   403
POST import_discard                      sign-in 403 403 403       403     302   403

GET  invitation                          200     200 200 200       200     200   200
POST invitation                          200     200 200 200       200     200   200
GET  invitation unknown                  404     404 404 404       404     404   404
POST invitation unknown                  404     404 404 404       404     404   404
GET  invitation_opened                   405     405 405 405       405     405   405
POST invitation_opened                   204     204 204 204       204     204   204

GET  unsubscribe                         200     200 200 200       200     200   200
POST unsubscribe                         200     200 200 200       200     200   200
GET  mail_health                         sign-in 403 403 403       403     200   403
POST mail_health                         sign-in 403 403 403       403     200   403
GET  suppression_lift                    sign-in 403 403 403       403     405   403
POST suppression_lift                    sign-in 403 403 403       403     302   403

GET  account_login                       200     302 302 302       302     302   302
POST account_login                       200     302 302 302       302     302   302
GET  account_logout                      302     200 200 200       200     200   200
POST account_logout                      302     302 302 302       302     302   302
GET  account_inactive                    200     200 200 200       200     200   200
POST account_inactive                    405     405 405 405       405     405   405
GET  account_signup                      200     302 302 302       302     302   302
POST account_signup                      200     302 302 302       302     302   302
GET  account_reauthenticate              sign-in 200 200 200       200     200   200
POST account_reauthenticate              sign-in 200 200 200       200     200   200
GET  account_change_password             sign-in 200 200 200       200     200   200
POST account_change_password             sign-in 200 200 200       200     200   200
GET  account_set_password                sign-in 302 302 302       302     302   302
POST account_set_password                sign-in 302 302 302       302     302   302
GET  account_reset_password              200     200 200 200       200     200   200
POST account_reset_password              200     200 200 200       200     200   200
GET  account_reset_password_done         200     200 200 200       200     200   200
POST account_reset_password_done         405     405 405 405       405     405   405
GET  account_reset_password_from_key     200     200 200 200       200     200   200
POST account_reset_password_from_key     200     200 200 200       200     200   200
GET  account_reset_password_from_key_done 200    200 200 200       200     200   200
POST account_reset_password_from_key_done 405    405 405 405       405     405   405
"""

WHO, *LINES = [line.split() for line in (TABLE + OUTCOMES + SIGN_ON).splitlines() if line]
ROWS = {
    (line[0], " ".join(line[1 : -len(WHO)])): dict(zip(WHO, line[-len(WHO) :], strict=True))
    for line in LINES
}
LABELS = list(dict.fromkeys(label for _, label in ROWS))


def missing_rows(names: set[str]) -> set[tuple[str, str]]:
    return {(method, name) for method in ("GET", "POST") for name in names} - set(ROWS)


def answer(response: HttpResponse) -> str:
    to_sign_in = response.headers.get("Location", "").startswith("/accounts/login/")
    return "sign-in" if to_sign_in else str(response.status_code)


def test_every_url_has_its_rows() -> None:
    assert not missing_rows(set(url_patterns()))


def test_every_row_is_about_a_page(world: World) -> None:
    assert set(LABELS) == set(world.pages)
    assert set(WHO) == set(world.people)


@pytest.mark.parametrize("label", LABELS)
def test_answers_everybody_as_the_table_says(world: World, label: str) -> None:
    for method in ("GET", "POST"):
        answers = {who: answer(world.ask(method, label, who)) for who in world.people}
        assert (method, answers) == (method, ROWS[method, label])


@pytest.mark.django_db
def test_notices_a_get_that_writes() -> None:
    with pytest.raises(InternalError, match="read-only transaction"), refusing_writes():
        UserFactory()
    UserFactory()


def test_reports_a_url_without_a_row() -> None:
    assert missing_rows({"today", "new_page"}) == {("GET", "new_page"), ("POST", "new_page")}
