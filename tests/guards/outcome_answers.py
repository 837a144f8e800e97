"""Rows of the access table: offers, first destinations, reports and releases."""

OUTCOMES = """
GET  offer_list                          sign-in 200 200 403       403     403   200
POST offer_list                          sign-in 405 405 403       403     403   405
GET  offer_new                           sign-in 200 200 403       403     403   200
POST offer_new                           sign-in 200 200 403       403     403   200
GET  offer_edit                          sign-in 200 404 403       403     403   404
POST offer_edit                          sign-in 302 404 403       403     403   404
GET  offer_way                           sign-in 200 404 403       403     403   404
POST offer_way                           sign-in 302 404 403       403     403   404
GET  close_out                           sign-in 200 404 403       403     403   404
POST close_out                           sign-in 200 404 403       403     403   404
GET  destination_own                     sign-in 200 404 403       403     403   404
POST destination_own                     sign-in 302 404 403       403     403   404
GET  destination_terms                   sign-in 403 403 200       200     200   200
POST destination_terms                   sign-in 403 403 405       405     405   405
GET  destinations                        sign-in 403 403 200       200     200   200
POST destinations                        sign-in 403 403 405       405     405   405
GET  destination_edit                    sign-in 403 403 200       404     200   200
POST destination_edit                    sign-in 403 403 302       404     302   302
GET  destination_file                    sign-in 403 403 200       200     200   200
POST destination_file                    sign-in 403 403 405       405     405   405
GET  destination_import                  sign-in 403 403 403       403     200   403
POST destination_import                  sign-in 403 403 403       403     200   403
GET  class_offers                        sign-in 403 403 200       404     200   200
POST class_offers                        sign-in 403 403 405       405     405   405
GET  class_offer_new                     sign-in 403 403 200       404     200   200
POST class_offer_new                     sign-in 403 403 302       404     302   302
GET  offer_care_edit                     sign-in 403 403 200       404     200   200
POST offer_care_edit                     sign-in 403 403 302       404     302   302
GET  offer_care_way                      sign-in 403 403 200       404     200   200
POST offer_care_way                      sign-in 403 403 302       404     302   302
GET  offer_care                          sign-in 403 403 200       404     200   200
POST offer_care                          sign-in 403 403 302       404     302   302
GET  class_no_offer                      sign-in 403 403 405       405     405   405
POST class_no_offer                      sign-in 403 403 302       404     302   302
GET  offer_ending                        sign-in 200 404 403       403     403   404
POST offer_ending                        sign-in 302 404 403       403     403   404

GET  outcomes                            sign-in 403 403 302       302     302   302
POST outcomes                            sign-in 403 403 405       405     405   405
GET  report                              sign-in 403 403 200       200     200   200
POST report                              sign-in 403 403 405       405     405   405
GET  report cohort                       sign-in 403 403 200       404     200   200
POST report cohort                       sign-in 403 403 405       405     405   405
GET  report elsewhere                    sign-in 403 403 404       404     200   404
POST report elsewhere                    sign-in 403 403 405       405     405   405
GET  report_refresh                      sign-in 403 403 405       405     405   405
POST report_refresh                      sign-in 403 403 302       302     302   302
GET  report_refresh cohort               sign-in 403 403 405       405     405   405
POST report_refresh cohort               sign-in 403 403 302       404     302   302
GET  report_state                        sign-in 403 403 200       200     200   200
POST report_state                        sign-in 403 403 405       405     405   405
GET  report_state cohort                 sign-in 403 403 200       404     200   200
POST report_state cohort                 sign-in 403 403 405       405     405   405
GET  report_file_ask                     sign-in 403 403 405       405     405   405
POST report_file_ask                     sign-in 403 403 302       404     302   302
GET  report_file_ask shareable           sign-in 403 403 405       405     405   405
POST report_file_ask shareable           sign-in 403 403 403       403     302   403
GET  report_file                         sign-in 403 403 200       404     404   404
POST report_file                         sign-in 403 403 405       405     405   405
GET  report_file_state                   sign-in 403 403 200       404     404   404
POST report_file_state                   sign-in 403 403 405       405     405   405
GET  report_file_download                sign-in 403 403 200       404     404   404
POST report_file_download                sign-in 403 403 405       405     405   405
GET  reply_rates                         sign-in 403 403 200       200     200   200
POST reply_rates                         sign-in 403 403 405       405     405   405
GET  reply_rates cohort                  sign-in 403 403 200       404     200   200
POST reply_rates cohort                  sign-in 403 403 405       405     405   405
GET  offer_path                          sign-in 403 403 200       404     200   200
POST offer_path                          sign-in 403 403 405       405     405   405

GET  report_check                        sign-in 403 403 403       403     200   403
POST report_check                        sign-in 403 403 403       403     405   403
GET  finding_waive                       sign-in 403 403 403       403     405   403
POST finding_waive                       sign-in 403 403 403       403     302   403
GET  report_publish                      sign-in 403 403 403       403     405   403
POST report_publish                      sign-in 403 403 403       403     200   403
GET  publication                         sign-in 403 403 403       403     200   403
POST publication                         sign-in 403 403 403       403     405   403
GET  publication_state                   sign-in 403 403 403       403     200   403
POST publication_state                   sign-in 403 403 403       403     405   403
GET  report_order                        sign-in 403 403 403       403     405   403
POST report_order                        sign-in 403 403 403       403     302   403
GET  report_ready                        sign-in 403 403 403       403     302   403
POST report_ready                        sign-in 403 403 403       403     405   403
GET  release_list                        sign-in 403 403 200       200     200   200
POST release_list                        sign-in 403 403 405       405     405   405
GET  release                             sign-in 403 403 200       404     200   200
POST release                             sign-in 403 403 405       405     405   405
GET  release shareable                   sign-in 403 403 200       200     200   200
POST release shareable                   sign-in 403 403 405       405     405   405
GET  release whole                       sign-in 403 403 404       404     200   404
POST release whole                       sign-in 403 403 405       405     405   405
GET  release_file                        sign-in 403 403 200       404     200   200
POST release_file                        sign-in 403 403 405       405     405   405
GET  release verify                      sign-in 403 403 200       404     200   200
POST release verify                      sign-in 403 403 405       405     405   405
GET  release_withdraw                    sign-in 403 403 403       403     405   403
POST release_withdraw                    sign-in 403 403 403       403     302   403
GET  release_changes                     sign-in 403 403 200       404     200   200
POST release_changes                     sign-in 403 403 405       405     405   405
GET  release_changes shareable           sign-in 403 403 404       404     200   404
POST release_changes shareable           sign-in 403 403 405       405     405   405
"""
